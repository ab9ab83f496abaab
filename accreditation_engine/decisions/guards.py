"""Votes: who may cast one, and when they suffice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from django.db.models import Max, OuterRef, Subquery
from pydantic import Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.problems import instead
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.reviews.pieces import facts_of_pieces, pieces_judged

from .models import Ballot, Vote

ABSTAIN = "abstain"


def _a_step(choice: str, info: ValidationInfo) -> str:
    """`choice`, which must be a transition of the workflow it stands in."""
    workflow = (info.context or {}).get("workflow")
    if workflow and choice not in workflow.transitions:
        near = instead(choice, workflow.transitions)
        raise ValueError(say("unknown choice '{choice}'; {instead}", choice=choice, instead=near))
    return choice


class Choices(Parameters):
    """What may be chosen; the names are those of the transitions that carry a choice out, and `abstain`."""

    shorthand: ClassVar[str | None] = "choices"
    choices: Annotated[tuple[Identifier, ...], Field(min_length=2)]

    @field_validator("choices")
    @classmethod
    def _known(cls, choices: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for choice in choices:
            if choice != ABSTAIN:
                _a_step(choice, info)
        return choices


class Votes(Parameters):
    """At least `quorum` members have voted, and of those who did not abstain at least `share` chose `for`
    (the transition itself where it is left out). `share` is a fraction as text: 1/2, 2/3, 1."""

    quorum: Annotated[int, Field(ge=1, le=99)]
    share: str = "1/2"
    more_than: bool = False
    for_: Annotated[Identifier | None, Field(alias="for")] = None
    _asks_growth: bool = PrivateAttr(default=False)

    @field_validator("for_")
    @classmethod
    def _known(cls, choice: str | None, info: ValidationInfo) -> str | None:
        return choice if choice is None else _a_step(choice, info)

    @field_validator("share", mode="before")
    @classmethod
    def _fraction(cls, share: Any) -> str:
        try:
            value = Fraction(str(share))
        except (ValueError, ZeroDivisionError):
            raise ValueError(say("share is a fraction such as 1/2, 2/3 or 1")) from None
        if not 0 < value <= 1:
            raise ValueError(say("share lies above 0 and is at most 1"))
        return str(value)

    @model_validator(mode="after")
    def _sheets_before_the_panel(self, info: ValidationInfo) -> Votes:
        rubrics: Mapping[str, Rubric] = (info.context or {}).get("rubrics", {})
        self._asks_growth = any(each.asks_growth for each in rubrics.values())
        return self

    @property
    def asks_growth(self) -> bool:
        """Whether some outcome of a rubric asks for growth: only then are earlier dossiers looked at."""
        return self._asks_growth


def _votes(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    dossier = OuterRef(model.dossier_path)
    latest = Ballot.objects.filter(dossier=OuterRef("ballot__dossier")).order_by("-number").values("pk")[:1]
    rows = Vote.objects.filter(ballot__dossier=dossier, ballot=Subquery(latest)).order_by("pk")
    numbers = Ballot.objects.filter(dossier=dossier).values("dossier").annotate(latest=Max("number"))
    return {"votes": Rows(rows, "member_id", "choice", "seq"), "ballot": Subquery(numbers.values("latest"))}


def _before_the_panel(model: type[Subject], parameters: Votes, user: Any) -> Mapping[str, Any]:
    return {**_votes(model, parameters, user), **facts_of_pieces(model, growth=parameters.asks_growth)}


def votes_cast(case: Case, judged: Mapping[str, Any]) -> dict[str, Any]:
    """Each vote that counted, by the event with which it was cast."""
    return {"cast": [{"seq": each["seq"], "choice": each["choice"]} for each in case.facts["votes"]]}


@guard("may_vote", Choices, facts=_votes)
def may_vote(case: Case, parameters: Choices) -> Verdict:
    """A ballot is open, the choice is one of those offered, and the member has not voted in it."""
    reasons = []
    if not case.facts["ballot"]:
        reasons.append(Reason("no_ballot"))
    if any(_same(each["member_id"], case.attempt.actor_id) for each in case.facts["votes"]):
        reasons.append(Reason("voted_already"))
    if not case.attempt.preview and case.attempt.data.get("choice") not in parameters.choices:
        reasons.append(
            Reason("no_such_choice", {"choices": list(parameters.choices), "edition": case.scheme.edition})
        )
    return Verdict(tuple(reasons), {"ballot": case.facts["ballot"]} if case.facts["ballot"] else {})


def _same(stored: str, person: Any) -> bool:
    return stored.replace("-", "") == person.hex


@guard("ballot_used", facts=_votes)
def ballot_used(case: Case, parameters: Parameters) -> Verdict:
    """Somebody has voted in the ballot that is open: only then is there anything to vote on anew."""
    return Verdict(() if case.facts["votes"] else (Reason("ballot_unused"),))


@guard("votes", Votes, facts=_before_the_panel, keeps=(pieces_judged, votes_cast))
def votes(case: Case, parameters: Votes) -> Verdict:
    wanted = parameters.for_ or case.attempt.transition
    counted = Counter(each["choice"] for each in case.facts["votes"])
    cast = sum(counted.values())
    judged = {"votes": dict(sorted(counted.items())), "ballot": case.facts["ballot"] or 0}
    if cast < parameters.quorum:
        return Verdict((Reason("no_quorum", {"wanted": parameters.quorum, "have": cast}),), judged)
    if _carried(counted[wanted], cast - counted[ABSTAIN], parameters):
        return Verdict((), judged)
    facts = {"have": counted[wanted], "of": cast - counted[ABSTAIN], "share": parameters.share}
    return Verdict(
        (Reason("votes_short", {**facts, "choice": wanted, "edition": case.scheme.edition}),), judged
    )


def _carried(have: int, of: int, parameters: Votes) -> bool:
    if of == 0:
        return False
    share, got = Fraction(parameters.share), Fraction(have, of)
    return got > share if parameters.more_than else got >= share
