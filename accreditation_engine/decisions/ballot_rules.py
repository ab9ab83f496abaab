"""What a workflow says of ballots: what is chosen among, whether votes are secret, and how many carry a choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, PrivateAttr, StrictBool, ValidationInfo, field_validator, model_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.problems import instead
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Transition, Workflow
from accreditation_engine.organisations.roles import GRANTED

from .counting import ABSTAIN
from .seats import CLOSES, Seats, seats_in


def _a_step(choice: str, info: ValidationInfo) -> str:
    """`choice`, which must be a transition of the workflow it stands in."""
    workflow = (info.context or {}).get("workflow")
    if workflow and choice not in workflow.transitions:
        near = instead(choice, workflow.transitions)
        raise ValueError(say("unknown choice '{choice}'; {instead}", choice=choice, instead=near))
    return choice


class OfABallot(Parameters):
    """Parameters that know who votes in secret in the workflow they stand in, and whether ballots are closed there
    before all have voted: only then do guards look at it."""

    _seats: tuple[Seats, ...] = PrivateAttr(default=())
    _closed: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _in_the_workflow(self, info: ValidationInfo) -> Self:
        workflow: Workflow | None = (info.context or {}).get("workflow")
        if workflow is not None:
            self._seats = tuple(each for each in seats_in(workflow) if each.secret)
            self._closed = any(_closes(each) for each in workflow.transitions.values())
        return self

    @property
    def seats(self) -> tuple[Seats, ...]:
        return self._seats

    @property
    def closed(self) -> bool:
        return self._closed


def _closes(transition: Transition) -> bool:
    return any(rule.name == CLOSES for rule in transition.then)


def _voted_in(seats: Iterable[Seats]) -> list[str]:
    return list(dict.fromkeys(state for each in seats for state in each.states))


class Choices(OfABallot):
    """What may be chosen; the names are those of the transitions that carry a choice out, and `abstain`. Where
    votes are `secret`, nobody learns how others voted before all have, or the ballot is closed; and nothing is
    decided before."""

    shorthand: ClassVar[str | None] = "choices"
    choices: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    secret: StrictBool = False

    @field_validator("choices")
    @classmethod
    def _known(cls, choices: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        for choice in choices:
            if choice != ABSTAIN:
                _a_step(choice, info)
        return choices

    @model_validator(mode="after")
    def _can_be_ended(self, info: ValidationInfo) -> Self:
        """Somebody who never votes must not keep a dossier for ever."""
        workflow: Workflow | None = (info.context or {}).get("workflow")
        for state in _voted_in(self.seats):
            if workflow and not any(_closes(each) for each in workflow.leaving(state).values()):
                words = (
                    "votes in '{state}' are secret until all are in, and no step ends a ballot in which somebody"
                    " does not vote; add one that leaves '{state}' for '{state}' and has the effect '{effect}'"
                )
                raise ValueError(say(words, state=state, effect=CLOSES))
        return self


class Votes(OfABallot):
    """At least `quorum` members have voted, and of those who did not abstain at least `share` chose `for`
    (the transition itself where it is left out). `share` is a fraction as text: 1/2, 2/3, 1. Where two choices or
    more have the most votes, that decides which the holder of the role `casting` made, where one is named."""

    quorum: Annotated[int, Field(ge=1, le=99)]
    share: str = "1/2"
    more_than: bool = False
    for_: Annotated[Identifier | None, Field(alias="for")] = None
    casting: Identifier | None = None
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

    @field_validator("casting")
    @classmethod
    def _a_role(cls, casting: str | None) -> str | None:
        if casting is not None and casting not in GRANTED:
            near = instead(casting, GRANTED)
            raise ValueError(say("unknown role '{role}'; {instead}", role=casting, instead=near))
        return casting

    @model_validator(mode="after")
    def _decides_ties_alone(self) -> Self:
        if self.casting is not None and Fraction(self.share) > Fraction(1, 2):
            words = (
                "a casting vote decides where votes are equal, which is never a share of {share}; remove"
                " 'casting', or ask for a share of 1/2"
            )
            raise ValueError(say(words, share=self.share))
        return self

    @model_validator(mode="after")
    def _sheets_before_the_panel(self, info: ValidationInfo) -> Votes:
        rubrics: Mapping[str, Rubric] = (info.context or {}).get("rubrics", {})
        self._asks_growth = any(each.asks_growth for each in rubrics.values())
        return self

    @property
    def asks_growth(self) -> bool:
        """Whether some outcome of a rubric asks for growth: only then are earlier dossiers looked at."""
        return self._asks_growth
