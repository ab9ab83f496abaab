"""The names a workflow may use, and what stands behind them.

The engine knows no dossier. Each folder below it registers, when its app is ready, the guards, effects, roles
and subjects it brings; the engine looks them up by the names that definitions use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.definitions.base import Frozen
from accreditation_engine.definitions.conditions import KINDS
from accreditation_engine.definitions.vocabulary import Parameters, SubjectWords, Vocabulary
from accreditation_engine.trail.content import Actor
from accreditation_engine.trail.models import Event

from .models import Subject
from .reasons import Reason

if TYPE_CHECKING:
    from .compiled import Compiled


@dataclass(frozen=True)
class Attempt:
    """Who wants to take which transition, with what in hand: what guards look at.

    In a `preview` (a page that shows what one may do) nothing has been typed or chosen yet: `comment` and
    `data` are empty, and that is no reason against it.
    """

    transition: str
    actor_id: UUID | None
    role: str = ""
    comment: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    preview: bool = False


@dataclass(frozen=True)
class Verdict:
    """What a guard finds for one subject: reasons against, and the facts it judged, which the event keeps."""

    reasons: tuple[Reason, ...] = ()
    judged: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One subject before a guard: its row, the scheme it is judged by, the attempt, and the facts asked for."""

    subject: Any
    scheme: Compiled
    attempt: Attempt
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """A transition that has just been taken: what effects work on. Its state is already the new one."""

    subject: Any
    event: Event
    attempt: Attempt
    scheme: Compiled

    @property
    def actor(self) -> Actor:
        """Who took it, under the name that they bore."""
        return Actor(self.event.actor, self.event.content["actor"]["name_digest"] or "")


Facts = Callable[[type[Subject], Any, Any], Mapping[str, Any]]
Check = Callable[[Case, Any], Verdict]
Keep = Callable[[Case, Mapping[str, Any]], Mapping[str, Any]]
Work = Callable[[Sequence[Taken], Any], None]
Follow = Callable[[Sequence[Taken]], None]
Seal = Callable[[Iterable[Subject]], Mapping[UUID, frozenset[str]]]


def no_facts(model: type[Subject], parameters: Any, user: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Guard:
    """`facts(model, parameters, user)` says what the guard must know, as SQL expressions over the subject; they
    are fetched with its row, in one statement, for one subject or for thousands. That statement is prepared
    once: `user` is a gap in it for whoever acts (None for the system), and the time is `prepared.NOW`.
    `check(case, parameters)` then decides without asking the database again. Guards that need the same fact
    give it the same name and share it.

    A guard that is `personal` speaks of the actor alone: its reasons are told even to those who may know nothing
    of the subject.

    A guard with `keeps` makes a step one that decides: once all guards hold, each of its functions
    `keep(case, judged)` gives what the event keeps beside what they judged, piece by piece, from the same facts.
    One that several guards name is called once."""

    parameters: type[Frozen]
    check: Check
    facts: Facts
    keeps: tuple[Keep, ...] = ()
    personal: bool = False


@dataclass(frozen=True)
class Effect:
    """`work(taken, parameters)` runs in the transaction of the transition, for all its subjects at once."""

    parameters: type[Parameters]
    work: Work


@dataclass(frozen=True)
class Role:
    """A part somebody plays.

    `held(model, user)` says in SQL whether the user (an id, or the gap for one) plays it for a subject of the
    model at `prepared.NOW`; `took_part` the same for ever having played it in a way that the trail of the dossier
    does not show (a coach's advice); `people(subject)` lists who plays it, `holders(scheme)` who could under that
    scheme. `reads`, as `held`, whether they play it to read alone: they see what it sees, and do nothing.
    `judges` is "reviewing", "deciding" or "" for neither. `apart` says, as `held` does, for each of the
    roles it names that the user had a hand in it before: that closes this one, since nobody judges a case in two,
    nor watches over one to which they are a party.
    """

    held: Callable[[type[Subject], Any], Any]
    people: Callable[[Any], QuerySet[Any]]
    holders: Callable[[str], QuerySet[Any]]
    judges: str = ""
    reads: Callable[[type[Subject], Any], Any] | None = None
    took_part: Callable[[type[Subject], Any], Any] | None = None
    barred: Callable[[type[Subject], Any], Any] | None = None
    declared: Callable[[type[Subject], Any], Any] | None = None
    recused: Callable[[type[Subject], Any], Any] | None = None
    apart: Mapping[str, Callable[[type[Subject], Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class SubjectKind:
    model: type[Subject]
    words: SubjectWords


guards: dict[str, Guard] = {}
effects: dict[str, Effect] = {}
roles: dict[str, Role] = {}
subjects: dict[str, SubjectKind] = {}
seals: dict[str, Seal] = {}
"""Things that a state may show and that are sealed for a time all the same, for everybody: of each, which of the
subjects at hand have it sealed, and which words for parts of it hold meanwhile."""
follows: dict[str, list[Follow]] = {}
"""By the name of a guard, what is done beside the effects once a step was taken that asks for it; once where it
asks for several. In the transaction of the step, for all its subjects at once."""
sends_reviews: set[str] = set()
"""Names of guards: a step that asks for one of them is how a review is sent, and while it lies ahead reviews are
worked on."""


def guard(
    name: str,
    parameters: type[Frozen] = Parameters,
    *,
    facts: Facts = no_facts,
    keeps: tuple[Keep, ...] = (),
    personal: bool = False,
) -> Callable[[Check], Check]:
    """Register the function below as the guard `name`."""

    def register(check: Check) -> Check:
        guards[name] = Guard(parameters, check, facts, keeps, personal)
        return check

    return register


def effect(name: str, parameters: type[Parameters] = Parameters) -> Callable[[Work], Work]:
    """Register the function below as the effect `name`."""

    def register(work: Work) -> Work:
        effects[name] = Effect(parameters, work)
        return work

    return register


def following(*names: str) -> Callable[[Follow], Follow]:
    """Register the function below as what follows a step that asks for one of the guards `names`."""

    def register(work: Follow) -> Follow:
        for name in names:
            follows.setdefault(name, []).append(work)
        return work

    return register


def subject_models() -> Iterable[type[Subject]]:
    return [kind.model for kind in subjects.values()]


def vocabulary() -> Vocabulary:
    """All registered names, in the form that definitions are checked against."""
    return Vocabulary(
        # Conditions on a score sheet are checked by the definitions themselves.
        guards={
            name: each.parameters
            for name, each in guards.items()
            if name not in KINDS and issubclass(each.parameters, Parameters)
        },
        effects={name: each.parameters for name, each in effects.items()},
        roles=frozenset(roles),
        reviewing=frozenset(name for name, each in roles.items() if each.judges == "reviewing"),
        deciding=frozenset(name for name, each in roles.items() if each.judges == "deciding"),
        sends_reviews=frozenset(sends_reviews),
        subjects={name: each.words for name, each in subjects.items()},
    )
