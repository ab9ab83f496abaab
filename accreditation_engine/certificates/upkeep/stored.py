"""Stored files of upkeep against what was filed: nobody is given another file in the place of one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from accreditation_engine.engine import verification
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.documents.stored import opened_document
from accreditation_engine.trail.problems import Problem, Tally

from .models import UpkeepFile


def unlike_filed(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """With `contents`, a problem for each stored file that is not what was filed. What was erased is not looked
    for."""
    if not contents:
        return
    filed = UpkeepFile.objects.filter(erased_at=None).order_by("path", "pk")
    for each in (filed if stream is None else filed.filter(upkeep=stream)).iterator():
        tally.files += 1
        try:
            opened_document(each).close()
        except Refused:
            detail = f"the file is gone, or another: {each.sha256}"
            yield Problem(each.upkeep_id, each.seq, "upkeep_file", detail)


verification.more.append(unlike_filed)
