"""What the events of an organisation tell of the files of its documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.organisations.replay_organisations import ORGANISATION
from accreditation_engine.trail.erasure import ERASED

from .erasing import PROFILE_DOCUMENT
from .filing import FILED

FILES = "documents"
"""Keys: the file."""


@told_by(ORGANISATION, FILED)
def _filed(picture: Picture, event: Said) -> None:
    values = {name: value for name, value in event.data.items() if name != "file"}
    picture.say(event, FILES, (event.data["file"],), **values, filed_at=event.at, erased_at=None)


@told_by(ORGANISATION, ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == PROFILE_DOCUMENT:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


def _kept(organisations: Collection[UUID]) -> Iterable[Kept]:
    for each in DocumentFile.objects.filter(organisation__in=organisations).order_by("filed_at", "pk"):
        values = each.said()
        key = (values.pop("file"),)
        yield each.organisation_id, key, {**values, "filed_at": each.filed_at, "erased_at": each.erased_at}


tables.append(
    Table(
        ORGANISATION,
        FILES,
        "document",
        _kept,
        "the document {file}",
        ("file",),
        alike={"filed_at": near, "erased_at": near},
    )
)
