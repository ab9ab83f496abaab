"""What the events of upkeep tell of the files that came with it."""

from __future__ import annotations

from accreditation_engine.engine.replay.comparing import Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.replay import same_person
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.uploads.kept_replay import as_filed, as_kept

from .erasing import UPKEEP_FILE
from .filing import ADDED, FOLDER, TAKEN_BACK
from .models import UpkeepFile

UPKEEP, FILES = "upkeep", "files"
"""Keys: the file."""


@told_by(UPKEEP, ADDED)
def _added(picture: Picture, event: Said) -> None:
    values = {**as_filed(event, FOLDER), "seq": event.seq, "taken_back_at": None}
    picture.say(event, FILES, (event.data["file"],), **values)


@told_by(UPKEEP, TAKEN_BACK)
def _taken_back(picture: Picture, event: Said) -> None:
    picture.say(event, FILES, (event.data["file"],), taken_back_at=event.at)


@told_by(UPKEEP, ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == UPKEEP_FILE:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


tables.append(
    Table(
        UPKEEP,
        FILES,
        "upkeep_file",
        lambda upkeep: as_kept(UpkeepFile, upkeep, "seq", "taken_back_at"),
        "the file {file}",
        ("file",),
        alike={"filed_by": same_person, "filed_at": near, "taken_back_at": near, "erased_at": near},
    )
)
