"""What the events of a dossier tell of reviewers' notes that were erased."""

from __future__ import annotations

from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.erasure import ERASED

from .erasable import NOTE
from .replay import RATINGS


@told_by("dossier", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    data = event.data
    if data["what"] == NOTE:
        key = (data["reviewer"], data["assignment"], data["rubric"], data["criterion"])
        picture.say(event, RATINGS, key, note="", note_erased_at=event.at)
