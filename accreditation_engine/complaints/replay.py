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
from accreditation_engine.uploads.kept_replay import as_filed, as_kept

from .auditing import AUDIT_CALLED
from .erasing import COMPLAINT_FILE
from .filing import FILED, FOLDER
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
    picture.say(event, FILES, (event.data["file"],), **as_filed(event, FOLDER), seq=event.seq)


@told_by("complaint", ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == COMPLAINT_FILE:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


tables += [
    Table("complaint", AUDITS, "complaint", _audits, "the concern"),
    Table(
        "complaint",
        FILES,
        "complaint_file",
        lambda complaints: as_kept(ComplaintFile, complaints, "seq"),
        "the file {file}",
        ("file",),
        alike={"filed_by": same_person, "filed_at": near, "erased_at": near},
    ),
]
