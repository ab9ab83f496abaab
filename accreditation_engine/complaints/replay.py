"""What the events of a complaint tell beside its state and what it was opened as: which special audit was called
for because of it, and which files came with what was written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.replay import same_person
from accreditation_engine.trail.erasure import ERASED

from .auditing import AUDIT_CALLED
from .erasing import COMPLAINT_FILE
from .filing import FILED, FOLDER, said_of
from .models import Complaint, ComplaintFile

AUDITS, FILES = "audit", "files"
"""Tables of a picture, with their keys: (); the file."""


@told_by("complaint", "opened")
def _opened(picture: Picture, event: Said) -> None:
    picture.say(event, AUDITS, (), audit=None)


@told_by("complaint", AUDIT_CALLED)
def _called(picture: Picture, event: Said) -> None:
    picture.say(event, AUDITS, (), audit=UUID(event.data["upkeep"]))


def _audits(complaints: Collection[UUID]) -> Iterable[Kept]:
    for pk, audit in Complaint.objects.filter(pk__in=complaints).values_list("pk", "audit"):
        yield pk, (), {"audit": audit}


@told_by("complaint", FILED)
def _filed(picture: Picture, event: Said) -> None:
    values = {name: value for name, value in event.data.items() if name != "file"}
    values |= {"path": f"{FOLDER}{values['sha256'][:2]}/{values['sha256']}", "seq": event.seq}
    values |= {"filed_by": event.actor, "filed_at": event.at, "erased_at": None}
    picture.say(event, FILES, (event.data["file"],), **values)


@told_by("complaint", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == COMPLAINT_FILE:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


def _files(complaints: Collection[UUID]) -> Iterable[Kept]:
    for each in ComplaintFile.objects.filter(complaint__in=complaints).order_by("complaint", "seq"):
        values = said_of(each)
        key = (values.pop("file"),)
        values |= {"path": each.path, "seq": each.seq, "filed_by": each.filed_by_id}
        yield each.complaint_id, key, {**values, "filed_at": each.filed_at, "erased_at": each.erased_at}


tables += [
    Table("complaint", AUDITS, "complaint", _audits, "the concern"),
    Table(
        "complaint",
        FILES,
        "complaint_file",
        _files,
        "the file {file}",
        ("file",),
        alike={"filed_by": same_person, "filed_at": near, "erased_at": near},
    ),
]
