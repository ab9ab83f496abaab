"""What the steps of upkeep ask: files that came with it, and who asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.trail.models import Event

from .models import Kind, UpkeepFile


class Files(Parameters):
    """At least so many lie there, where upkeep is of one of the kinds `of`; of every kind when none is named."""

    at_least: int = 0
    of: tuple[Kind, ...] = ()


def _files(model: type[Subject], parameters: Files, user: Any) -> Mapping[str, Any]:
    rows = UpkeepFile.objects.filter(upkeep=OuterRef("pk"), taken_back_at=None)
    return {"upkeep_files": Rows(rows.order_by("seq"), "sha256")}


@guard("upkeep_files", Files, facts=_files)
def upkeep_files(case: Case, parameters: Files) -> Verdict:
    """The event keeps the SHA-256 of each. Before anything is sent, too few are no reason: files come along with
    the words."""
    digests = sorted(each["sha256"] for each in case.facts["upkeep_files"])
    asked = not parameters.of or case.subject.kind in parameters.of
    if asked and not case.attempt.preview and len(digests) < parameters.at_least:
        return Verdict((Reason("upkeep_without_files", {"count": parameters.at_least}),))
    return Verdict(judged={"files": digests})


def _asked(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    return {"asked_in": Rows(Event.objects.filter(stream=OuterRef("pk"), seq=1), "role")}


@guard("asked_in_this_part", facts=_asked)
def asked_in_this_part(case: Case, parameters: Parameters) -> Verdict:
    """It was asked for beside the plan of the scheme, in the part in which the step is taken."""
    asked = [each["role"] for each in case.facts["asked_in"]]
    return Verdict(() if asked == [case.attempt.role] else (Reason("upkeep_asked_by_others"),))
