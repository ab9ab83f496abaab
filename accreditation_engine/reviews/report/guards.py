"""Whether every point that the organisation contests is answered and what was right in it amended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from django.db.models import Exists, F, OuterRef, Q
from pydantic import Field

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.guards import SHOWN
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.reviews.models import Agreed

from .models import Contest
from .standing import ANSWERED, is_withdrawn


class ContestsAnswered(Parameters):
    """`by` says who answers points while the step lies ahead; `agree`, how many of an appeal panel must agree on a
    rating (reviewers all do)."""

    shorthand: ClassVar[str | None] = "by"
    by: Literal["reviewer", "appeal_panel"]
    agree: Annotated[int, Field(ge=1, le=20)] = 2


def _contests(model: type[Subject], parameters: Any, user: Any) -> Mapping[str, Any]:
    own = Contest.objects.filter(dossier=OuterRef(model.dossier_path)).order_by("pk")
    accepted, about_finding = own.filter(accepted=True), Q(finding__isnull=False)
    states = {"finding_edition": F("finding__edition_id"), "finding_state": F("finding__state")}
    return {
        "contests_open": Rows(own.filter(answered_seq=None), "criterion"),
        "contested_ratings": Rows(accepted.filter(_unamended()), "criterion"),
        "contested_findings": Rows(accepted.filter(about_finding).annotate(**states), "criterion", *states),
    }


def _unamended() -> Q:
    """Points about ratings, where none has been agreed since they were accepted."""
    agreed = Agreed.objects.filter(
        dossier=OuterRef("dossier"),
        rubric=OuterRef("rubric"),
        criterion=OuterRef("criterion"),
        agreed_at__gt=OuterRef("answered_at"),
    )
    return Q(finding=None) & ~Q(criterion="") & ~Q(Exists(agreed))


@guard(ANSWERED, ContestsAnswered, facts=_contests)
def contests_answered(case: Case, parameters: ContestsAnswered) -> Verdict:
    """A point about the decision as a whole needs an answer alone: what becomes of it is the decision."""
    unanswered = [each["criterion"] for each in case.facts["contests_open"]]
    unamended = [each["criterion"] for each in case.facts["contested_ratings"]]
    unamended += [
        each["criterion"]
        for each in case.facts["contested_findings"]
        if not is_withdrawn(each["finding_edition"], each["finding_state"])
    ]
    reasons = [*_named("contests_open", unanswered), *_named("contests_unamended", unamended)]
    return Verdict(tuple(reasons))


def _named(code: str, criteria: list[str]) -> list[Reason]:
    names = [each for each in criteria if each][:SHOWN]
    return [Reason(code, {"count": len(criteria), "criteria": names})] if criteria else []


def _accepted(model: type[Subject], parameters: Any, user: Any) -> Mapping[str, Any]:
    rows = Contest.objects.filter(finding=OuterRef("pk"), accepted=True)
    return {"contest_accepted": Rows(rows, "answered_role")}


@guard("contest_accepted", facts=_accepted)
def contest_accepted(case: Case, parameters: Parameters) -> Verdict:
    """The organisation contested this finding and was found to be right, by those who act now."""
    roles = {each["answered_role"] for each in case.facts["contest_accepted"]}
    if case.attempt.role in roles:
        return Verdict()
    return Verdict((Reason("contest_not_accepted"),))
