"""What the events of a dossier tell of texts that were erased: they lie there no more."""

from __future__ import annotations

from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.erasure import ERASED

from .erasable import FILE_NAME, NARRATIVE
from .replay import ANSWERS, EVIDENCE


@told_by("dossier", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    data = event.data
    if data["what"] == NARRATIVE:
        picture.say(event, ANSWERS, (data["rubric"], data["criterion"]), narrative="")
    if data["what"] == FILE_NAME:
        key = (data["rubric"], data["criterion"], data["sha256"], data["number"])
        picture.say(event, EVIDENCE, key, name="")
