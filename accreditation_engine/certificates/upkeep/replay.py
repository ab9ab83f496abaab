"""What the events of upkeep tell of the files that came with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.replay import same_person
from accreditation_engine.trail.erasure import ERASED

from .erasing import UPKEEP_FILE
from .filing import ADDED, TAKEN_BACK, said_of
from .models import UpkeepFile

UPKEEP, FILES = "upkeep", "files"
"""Keys: the file."""


@told_by(UPKEEP, ADDED)
def _added(picture: Picture, event: Said) -> None:
    values = {name: value for name, value in event.data.items() if name != "file"}
    values |= {"path": f"upkeep/{values['sha256'][:2]}/{values['sha256']}", "seq": event.seq}
    values |= {"filed_by": event.actor, "filed_at": event.at, "taken_back_at": None, "erased_at": None}
    picture.say(event, FILES, (event.data["file"],), **values)


@told_by(UPKEEP, TAKEN_BACK)
def _taken_back(picture: Picture, event: Said) -> None:
    picture.say(event, FILES, (event.data["file"],), taken_back_at=event.at)


@told_by(UPKEEP, ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == UPKEEP_FILE:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


def _kept(upkeep: Collection[UUID]) -> Iterable[Kept]:
    for each in UpkeepFile.objects.filter(upkeep__in=upkeep).order_by("upkeep", "seq"):
        values = said_of(each)
        key = (values.pop("file"),)
        values |= {"path": each.path, "seq": each.seq, "filed_by": each.filed_by_id}
        values |= {
            "filed_at": each.filed_at,
            "taken_back_at": each.taken_back_at,
            "erased_at": each.erased_at,
        }
        yield each.upkeep_id, key, values


tables.append(
    Table(
        UPKEEP,
        FILES,
        "upkeep_file",
        _kept,
        "the file {file}",
        ("file",),
        alike={"filed_by": same_person, "filed_at": near, "taken_back_at": near, "erased_at": near},
    )
)
