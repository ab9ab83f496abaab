"""What the events of an organisation tell of the files of its documents."""

from __future__ import annotations

from functools import partial

from accreditation_engine.engine.replay.comparing import Table, near, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.models import DocumentFile
from accreditation_engine.organisations.replay import same_person
from accreditation_engine.organisations.replay_organisations import ORGANISATION
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.uploads.kept_replay import as_filed, as_kept

from .erasing import PROFILE_DOCUMENT
from .filing import FILED, FOLDER

FILES = "documents"
"""Keys: the file."""


@told_by(ORGANISATION, FILED)
def _filed(picture: Picture, event: Said) -> None:
    picture.say(event, FILES, (event.data["file"],), **as_filed(event, FOLDER))


@told_by(ORGANISATION, ERASED)
def _erased(picture: Picture, event: Said) -> None:
    if event.data["what"] == PROFILE_DOCUMENT:
        picture.say(event, FILES, (event.data["file"],), file_name="", erased_at=event.at)


tables.append(
    Table(
        ORGANISATION,
        FILES,
        "document",
        partial(as_kept, DocumentFile),
        "the document {file}",
        ("file",),
        alike={"filed_by": same_person, "filed_at": near, "erased_at": near},
    )
)
