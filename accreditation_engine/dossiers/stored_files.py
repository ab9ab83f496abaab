"""Stored files against what was filed: nobody is given another file under the name of the one that was filed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction

from accreditation_engine.engine import verification
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally
from accreditation_engine.uploads.storing import stored_digest

from .domain import locked_row
from .models import Evidence

MISMATCH = "evidence_mismatch"
"""The kind of event that says so, and the code of the reason."""

CHANGED, GONE = "file_changed", "file_gone"


def stored_otherwise(path: str, *, size: int, sha256: str | None = None) -> str:
    """Why what is stored at `path` is not what was filed: CHANGED, GONE, or "" where it is. Without `sha256` only
    its size is looked at."""
    try:
        if default_storage.size(path) != size:
            return CHANGED
        return CHANGED if sha256 is not None and _digest_at(path) != sha256 else ""
    except FileNotFoundError:
        return GONE


def _digest_at(path: str) -> str:
    with default_storage.open(path) as stored:
        return stored_digest(stored)


def opened_as_filed(evidence: Evidence) -> IO[Any]:
    """The content of `evidence`, open to be read from its beginning.

    Raises Refused where it is gone or is not what was filed. The trail says so, once for whatever lies there.
    """
    try:
        stored: IO[Any] = evidence.file.open("rb")
    except FileNotFoundError:
        raise _not_served(evidence, None) from None
    found = stored_digest(stored)
    if found != evidence.sha256:
        stored.close()
        raise _not_served(evidence, found)
    stored.seek(0)
    return stored


def _not_served(evidence: Evidence, found: str | None) -> Refused:
    data = {
        "rubric": evidence.rubric,
        "criterion": evidence.criterion,
        "sha256": evidence.sha256,
        "found": found,
    }
    with transaction.atomic():
        locked = locked_row(evidence.dossier)
        said = Event.objects.filter(stream=locked.pk, kind=MISMATCH)
        if all(each.data != data for each in said):
            record(locked.pk, MISMATCH, SYSTEM, role=SYSTEM_ROLE, edition=locked.edition_id, data=data)
    return Refused([Reason(MISMATCH, {"sha256": evidence.sha256, "gone": found is None})])


def unlike_filed(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """With `contents`, a problem for each stored file that is not what was filed. What was erased by law is not
    looked for."""
    if not contents:
        return
    filed = Evidence.objects.filter(content_erased_at=None).order_by("file", "pk")
    before, wrong = "", ""
    for each in (filed if stream is None else filed.filter(dossier=stream)).iterator():
        path = str(each.file.name)
        if path != before:  # content that was filed several times is read once
            before, wrong = path, stored_otherwise(path, size=each.size, sha256=each.sha256)
            tally.files += 1
        if wrong:
            where = f"{each.rubric} {each.criterion} {each.sha256}"
            yield Problem(each.dossier_id, 0, "evidence", f"{wrong}: {where}")


verification.more.append(unlike_filed)
