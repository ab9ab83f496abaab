"""What the events of a dossier tell of texts and files that were erased: they lie there no more."""

from __future__ import annotations

from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Key, Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.erasure import ERASED

from .erasable import FILE, FILE_NAME, NARRATIVE
from .replay import ANSWERS, EVIDENCE


@told_by("dossier", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    data = event.data
    if data["what"] == NARRATIVE:
        key: Key = (data["rubric"], data["criterion"])
        picture.say(event, ANSWERS, key, narrative="", narrative_erased_at=event.at)
    if data["what"] in (FILE_NAME, FILE):
        key = (data["rubric"], data["criterion"], data["sha256"], data["number"])
        if data["what"] == FILE_NAME:
            picture.say(event, EVIDENCE, key, name="", name_erased_at=event.at)
        else:
            picture.say(event, EVIDENCE, key, content_erased_at=event.at)
