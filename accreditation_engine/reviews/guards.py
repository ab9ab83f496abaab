"""What must hold of reviews, scores and findings before a dossier goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from django.db.models import OuterRef
from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from accreditation_engine.definitions.base import Frozen, Identifier
from accreditation_engine.definitions.conditions import KINDS, asks_growth
from accreditation_engine.definitions.rubric import Rubric, Severity
from accreditation_engine.definitions.said import listed, say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.guards import SHOWN, digest_of, evidence_fact, judged_evidence
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard, sends_reviews
from accreditation_engine.scoring import Reason as Why
from accreditation_engine.scoring import ScoreSheet, evaluate, outcome_at_least, reasons_against

from .first_assessments import First, first_of
from .interests.ties import open_objections
from .models import Assignment, Rating
from .open_findings import findings_fact, still_open
from .pieces import facts_of_pieces, pieces_judged, sheet_judged
from .sheets import as_judged, combined_sheet, ratings_fact, unreconciled

HowMany = Annotated[int, Field(ge=1, le=20)]


def _check_places(wanted: int, info: ValidationInfo) -> None:
    """Where reviewers take places by themselves, nobody comes once all are taken."""
    workflow: Workflow | None = (info.context or {}).get("workflow")
    reviewing = workflow.reviewing if workflow else None
    if reviewing is not None and reviewing.claim and wanted > reviewing.places:
        words = "{wanted} reviewers need as many places; write 'places: {wanted}' in 'reviewing'"
        raise ValueError(say(words, wanted=wanted))


class ReviewersAssigned(Parameters):
    """With `at_least: 0` a coordinator may choose reviewers before the step, and need not: others take the places
    that are left."""

    shorthand: ClassVar[str | None] = "at_least"
    at_least: Annotated[int, Field(ge=0, le=20)] = 2

    @model_validator(mode="after")
    def _no_more_than_places(self, info: ValidationInfo) -> ReviewersAssigned:
        _check_places(self.at_least, info)
        return self


class ReviewsComplete(Parameters):
    shorthand: ClassVar[str | None] = "reviewers"
    reviewers: HowMany = 2

    @model_validator(mode="after")
    def _no_more_than_places(self, info: ValidationInfo) -> ReviewsComplete:
        _check_places(self.reviewers, info)
        return self


class Reconciled(Parameters):
    """Where reviewers cannot agree by themselves, so many members of the panel can for them."""

    shorthand: ClassVar[str | None] = "panel"
    panel: HowMany = 2

    @model_validator(mode="after")
    def _something_to_judge(self, info: ValidationInfo) -> Reconciled:
        rubrics: Mapping[str, Rubric] = (info.context or {}).get("rubrics", {})
        workflow: Workflow | None = (info.context or {}).get("workflow")
        own = [rubrics[name] for name in workflow.rubrics if name in rubrics] if workflow else []
        if own and all(each.reconcile_above is None for each in own):
            words = "no rubric here says how far reviewers may differ; add 'reconcile_above' to one"
            raise ValueError(say(words))
        return self


class OpenFindings(Parameters):
    """`severity` limits it to findings of that severity."""

    shorthand: ClassVar[str | None] = "severity"
    severity: Severity | None = None


class AtLeast(Parameters):
    """The outcome under `rubric` must be `at_least`, or one that stands above it in the rubric."""

    rubric: Identifier
    at_least: Identifier
    _asks_growth: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _in_the_scheme(self, info: ValidationInfo) -> AtLeast:
        rubrics: Mapping[str, Rubric] = (info.context or {}).get("rubrics", {})
        if self.rubric not in rubrics:
            words = "the workflow lists no rubric '{rubric}'; add it to 'rubrics'"
            raise ValueError(say(words, rubric=self.rubric))
        outcomes = [each.outcome for each in rubrics[self.rubric].outcomes]
        if self.at_least not in outcomes:
            words = "'{outcome}' is no outcome of {rubric}; one of {names}"
            names = {"outcome": self.at_least, "rubric": self.rubric, "names": listed(outcomes)}
            raise ValueError(say(words, **names))
        self._asks_growth = any(each.asks_growth for each in rubrics.values())
        return self

    @property
    def asks_growth(self) -> bool:
        """Whether some outcome of a rubric asks for growth: only then are earlier dossiers looked at."""
        return self._asks_growth


def _assignments(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    rows = Assignment.objects.filter(dossier=OuterRef(model.dossier_path), released_at=None).order_by("pk")
    return {"assignments": Rows(rows, "reviewer_id", "sent_at")}


@guard("reviewers_assigned", ReviewersAssigned, facts=_assignments)
def reviewers_assigned(case: Case, parameters: ReviewersAssigned) -> Verdict:
    have = len(case.facts["assignments"])
    if have >= parameters.at_least:
        return Verdict()
    return Verdict((Reason("reviewers_missing", {"wanted": parameters.at_least, "have": have}),))


def _reviews(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    return {**_assignments(model, parameters, user), "objections": open_objections(model)}


@guard("reviews_complete", ReviewsComplete, facts=_reviews)
def reviews_complete(case: Case, parameters: ReviewsComplete) -> Verdict:
    """Enough reviews are sent, nobody who was asked is still at work, and no objection to one of them is open."""
    if case.facts["objections"]:
        return Verdict((Reason("objections_open"),))
    sent = [each for each in case.facts["assignments"] if each["sent_at"]]
    wanted = max(parameters.reviewers, len(case.facts["assignments"]))
    if len(sent) >= wanted:
        return Verdict()
    return Verdict((Reason("reviews_missing", {"wanted": wanted, "have": len(sent)}),))


def _own_ratings(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    own = {
        "assignment__dossier": OuterRef(model.dossier_path),
        "assignment__reviewer": user,
        "assignment__released_at": None,
    }
    rows = Rating.objects.filter(**own).exclude(value="").order_by("rubric", "criterion")
    sent = Assignment.objects.filter(
        dossier=OuterRef(model.dossier_path), reviewer=user, sent_at=None, released_at=None
    )
    return {
        "own_ratings": Rows(rows, "rubric", "criterion", "value"),
        "own_open": Rows(sent, "reviewer_id"),
        "own_objection": open_objections(model, user),
        "evidence": evidence_fact(model),
    }


sends_reviews.add("own_review_complete")


@guard("own_review_complete", facts=_own_ratings)
def own_review_complete(case: Case, parameters: Parameters) -> Verdict:
    """The reviewer has rated every criterion, and has not sent the review before."""
    if not case.facts["own_open"]:
        return Verdict((Reason("review_closed"),))
    if case.facts["own_objection"]:
        return Verdict((Reason("objection_open"),))
    rated = {(each["rubric"], each["criterion"]) for each in case.facts["own_ratings"]}
    missing = [
        criterion.id
        for rubric in case.scheme.asked.values()
        for criterion in rubric.every_criterion()
        if (rubric.id, criterion.id) not in rated
    ]
    judged = {"ratings": digest_of(case.facts["own_ratings"]), **judged_evidence(case.facts)}
    if not missing:
        return Verdict((), judged)
    return Verdict((Reason("ratings_missing", {"count": len(missing), "criteria": missing[:SHOWN]}),), judged)


def _findings(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    return {"findings": findings_fact(model)}


def open_findings(case: Case, severity: str | None) -> list[str]:
    """The criteria of findings that still wait for somebody."""
    return [
        each["criterion"]
        for each in case.facts["findings"]
        if severity in (None, each["severity"]) and still_open(each["edition_id"], each["state"])
    ]


@guard("no_open_findings", OpenFindings, facts=_findings)
def no_open_findings(case: Case, parameters: OpenFindings) -> Verdict:
    still = open_findings(case, parameters.severity)
    if not still:
        return Verdict()
    facts = {"count": len(still), "criteria": still[:SHOWN], "severity": parameters.severity}
    return Verdict((Reason("findings_open", facts),))


@guard("open_findings", OpenFindings, facts=_findings)
def some_open_findings(case: Case, parameters: OpenFindings) -> Verdict:
    if open_findings(case, parameters.severity):
        return Verdict()
    return Verdict((Reason("no_findings_open", {"severity": parameters.severity}),))


def _ratings(model: type[Subject], parameters: Frozen, user: Any) -> Mapping[str, Any]:
    return {"ratings": ratings_fact(model), "evidence": evidence_fact(model)}


def _for_condition(model: type[Subject], parameters: Frozen, user: Any) -> Mapping[str, Any]:
    return facts_of_pieces(model, growth=True)


def _for_outcome(model: type[Subject], parameters: AtLeast, user: Any) -> Mapping[str, Any]:
    return facts_of_pieces(model, growth=parameters.asks_growth)


def _first(case: Case, rubric: Rubric, condition: Frozen | None = None) -> First | None:
    """The first assessment, where the rubric or the condition asks for growth since."""
    wanted = rubric.asks_growth or (condition is not None and asks_growth(condition))  # type: ignore[arg-type]
    return first_of(case.facts["earlier"], rubric.id) if wanted else None


def _judged(case: Case, sheet: ScoreSheet, first: First | None) -> dict[str, Any]:
    """What the event keeps of what was judged: digests of ratings, evidence and sheet, and what it came to; the
    same of the first assessment that growth was counted from."""
    return {
        **sheet_judged(sheet, first),
        "ratings": digest_of(as_judged(case.facts["ratings"])),
        **judged_evidence(case.facts),
    }


@guard("reconciled", Reconciled, facts=_ratings)
def reconciled(case: Case, parameters: Reconciled) -> Verdict:
    """Nowhere are reviewers further apart than their rubric bears, unless they have agreed there."""
    rows = case.facts["ratings"]
    apart = [each for rubric in case.scheme.asked.values() for each in unreconciled(rows, rubric)]
    judged = {"ratings": digest_of(as_judged(rows)), **judged_evidence(case.facts)}
    if not apart:
        return Verdict((), judged)
    facts = {
        "count": len(apart),
        "criteria": [each.criterion for each in apart[:SHOWN]],
        "span": str(max((each.span for each in apart if each.span is not None), default="")),
    }
    return Verdict((Reason("to_reconcile", facts),), judged)


@guard("outcome", AtLeast, facts=_for_outcome, keeps=(pieces_judged,))
def outcome(case: Case, parameters: AtLeast) -> Verdict:
    rubric = case.scheme.rubrics[parameters.rubric]
    first = _first(case, rubric)
    sheet = combined_sheet(case.facts["ratings"], rubric, first.sheet if first else None)
    judged = _judged(case, sheet, first)
    if sheet.outcome and outcome_at_least(rubric, sheet.outcome, parameters.at_least):
        return Verdict((), judged)
    facts = {
        "rubric": rubric.id,
        "wanted": parameters.at_least,
        "have": sheet.outcome,
        "edition": case.subject.edition_id,
        "why": [each.as_json() for each in _why_not(sheet, parameters.at_least, first)],
    }
    return Verdict((Reason("outcome_too_low", facts),), judged)


def _why_not(sheet: ScoreSheet, wanted: str, first: First | None) -> tuple[Why, ...]:
    return reasons_against(sheet, wanted, first_assessment=first.sheet if first else None)


def _condition(case: Case, condition: Frozen) -> Verdict:
    """A condition on the sheet of the scheme's first rubric."""
    rubric = next(iter(case.scheme.rubrics.values()))
    first = _first(case, rubric, condition)
    before = first.sheet if first else None
    sheet = combined_sheet(case.facts["ratings"], rubric, before)
    verdict = evaluate(condition, sheet, first_assessment=before)  # type: ignore[arg-type]
    if verdict.holds:
        return Verdict((), _judged(case, sheet, first))
    why = [each.as_json() for each in verdict.reasons]
    return Verdict((Reason("condition_unmet", {"edition": case.subject.edition_id, "why": why}),))


for _kind, _model in KINDS.items():
    guard(_kind, _model, facts=_for_condition, keeps=(pieces_judged,))(_condition)
