"""Who votes in a ballot, and who of them has yet to; and whether votes are secret until all are in.

Asked inside the statement that loads a dossier, so everything is said in SQL about the row of the query around.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accreditation_engine.definitions.two_persons import kept_out as kept_out_of
from accreditation_engine.definitions.workflow import Rule, Transition, Workflow
from accreditation_engine.engine import registry
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.prepared import NOW
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.reviews.interests.ties import Pair, kept_out
from accreditation_engine.trail.models import Event

from .latest import of_an_earlier_ballot
from .models import AgendaItem, Ballot, Convened, Recusal, Vote

MAY_VOTE, VOTES, CLOSES = "may_vote", "votes", "close_ballot"


@dataclass(frozen=True)
class Seats:
    """Those who vote in `states`: whoever holds one of `roles` and took no part as one of `barred`. `deciding` are
    the steps of the workflow that carry out what was voted for."""

    states: tuple[str, ...]
    roles: tuple[str, ...]
    barred: tuple[str, ...]
    deciding: tuple[str, ...]
    secret: bool = False

    @property
    def fact(self) -> str:
        """The name of the fact that says who has yet to vote: the same for the same seats, in whatever edition."""
        asked = "/".join((*self.roles, "", *self.barred, "", *self.deciding))
        return f"awaited_{hashlib.sha256(asked.encode()).hexdigest()[:12]}"


def seats_in(workflow: Workflow) -> Iterator[Seats]:
    """Of each step that casts a vote, in the order of the file."""
    deciding = tuple(sorted(name for name, each in workflow.transitions.items() if _asks(each, VOTES)))
    for transition in workflow.transitions.values():
        for rule in transition.requires:
            if rule.name == MAY_VOTE:
                barred = tuple(sorted(kept_out_of(transition)))
                roles = tuple(sorted(transition.by))
                yield Seats(transition.from_, roles, barred, deciding, _is_secret(rule))


def _asks(transition: Transition, guard: str) -> bool:
    return any(rule.name == guard for rule in transition.requires)


def _is_secret(rule: Rule) -> bool:
    return isinstance(rule.parameters, dict) and rule.parameters.get("secret") is True


@lru_cache(maxsize=256)
def seats_of(edition: str) -> dict[str, tuple[Seats, ...]]:
    """The same by the states in which such votes are cast, under the workflow edition of this hash."""
    found: dict[str, tuple[Seats, ...]] = {}
    for each in seats_in(compiled(edition).workflow):
        found |= {state: (*found.get(state, ()), each) for state in each.states}
    return found


def secret_seats_of(edition: str, state: str) -> tuple[Seats, ...]:
    """Those whose votes in `state` are secret."""
    return tuple(each for each in seats_of(edition).get(state, ()) if each.secret)


def seated(model: type[Subject], seats: Seats) -> QuerySet[User]:
    """Who has a seat in the latest ballot of the dossier: those who may decide on it and, where a sitting does,
    are convened to that."""
    return able(model, seats).filter(_convened(seats, OuterRef(OuterRef(model.dossier_path))))


def able(model: type[Subject], seats: Seats) -> QuerySet[User]:
    """Who may decide on the dossier, wherever they sit: who were of the panel when the latest ballot was opened
    and still are, whom no interest keeps out, and who have not stepped aside."""
    dossier = OuterRef(OuterRef(model.dossier_path))
    nearer = _one_level_further_in(model)
    member = OuterRef("pk")
    pair = Pair(member, dossier, OuterRef(OuterRef(model.organisation_path)))
    found = User.objects.filter(_belonging(model, seats.roles), is_active=True).exclude(kept_out(pair))
    for role in seats.barred:
        found = found.filter(~Q(took_part(nearer, role, member)))
    recused = Recusal.objects.filter(dossier=dossier, member=member)
    return found.filter(~Exists(recused)).order_by("pk")


def involved(model: type[Subject], seats: Seats) -> QuerySet[User]:
    """Who had a hand in the dossier before as one who judges, and so has no seat: a reviewer of it, or who decided
    what is appealed against."""
    member, nearer = OuterRef("pk"), _one_level_further_in(model)
    hands = Q(pk__in=[])
    for role in seats.barred:
        if registry.roles[role].judges:
            hands |= Q(took_part(nearer, role, member))
    return User.objects.filter(hands).order_by("pk")


def awaited(model: type[Subject], seats: Seats) -> QuerySet[User]:
    """Who of them has not voted in it."""
    latest = Vote.objects.filter(
        ~of_an_earlier_ballot(), ballot__dossier=OuterRef(OuterRef(model.dossier_path))
    )
    return seated(model, seats).exclude(Exists(latest.filter(member=OuterRef("pk"))))


def _belonging(model: type[Subject], roles: tuple[str, ...]) -> Exists:
    """A grant that holds, and held when the ballot was opened, where one was."""
    scheme, dossier = (OuterRef(OuterRef(path)) for path in (model.scheme_path, model.dossier_path))
    opened = Ballot.objects.filter(dossier=OuterRef(dossier)).order_by("-number").values("opened_at")[:1]
    then = Coalesce(Subquery(opened), NOW, output_field=DateTimeField())
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"), role__in=roles)
    return Exists(grants.filter(Q(scheme="") | Q(scheme=scheme), since__lte=then))


def _convened(seats: Seats, dossier: Any) -> Q:
    """Convened to the sitting that decides on the dossier. Without one, all are."""
    seat = Convened.objects.filter(member=OuterRef(OuterRef("pk")), sitting=OuterRef("sitting"))
    elsewhere = AgendaItem.objects.filter(~Exists(seat), pk=governing(seats, OuterRef(dossier), "pk"))
    return ~Q(Exists(elsewhere))


def governing(seats: Seats, dossier: Any, column: str = "sitting") -> Subquery:
    """Of the agenda by which the dossier is decided: the last of several sittings that have it on theirs for the
    latest ballot."""
    here = _items(seats).filter(dossier=dossier).order_by("-sitting__starts_at", "-sitting")
    return Subquery(here.values(column)[:1])


def _items(seats: Seats) -> QuerySet[AgendaItem]:
    """Those that are still to be decided: of a sitting that goes on or in which somebody had voted in the latest
    ballot when it was closed, unless that was opened by or after a decision that was taken while they were on its
    agenda. So an appeal is heard by others than sat before, what an upheld one brings back to the panel is not
    left to those who heard it, and what was put off waits for the next sitting."""
    opened_since = Ballot.objects.filter(dossier=OuterRef("stream"), opened_at__gte=OuterRef("at"))
    decided = Event.objects.filter(
        Exists(opened_since),
        stream=OuterRef("dossier"),
        kind="transition",
        transition__in=seats.deciding,
        at__gt=OuterRef("added_at"),
    )
    going_on = Q(sitting__closed_at=None) | Q(Exists(_cast_before_it_was_closed()))
    return AgendaItem.objects.filter(going_on, ~Exists(decided), sitting__cancelled_at=None)


def _cast_before_it_was_closed() -> QuerySet[Vote]:
    """The votes of the latest ballot on an item of an agenda, which is the query around."""
    by_then = Event.objects.filter(
        stream=OuterRef("ballot__dossier"),
        seq=OuterRef("seq"),
        at__lt=OuterRef(OuterRef("sitting__closed_at")),
    )
    return Vote.objects.filter(~of_an_earlier_ballot(), Exists(by_then), ballot__dossier=OuterRef("dossier"))


def away(model: type[Subject], seats: Seats, user: Any) -> Exists:
    """Whether the sitting that decides on the dossier goes on, it is written down who came, and `user` is not
    among them, or has left."""
    noted = Convened.objects.filter(sitting=OuterRef("sitting")).exclude(came_at=None)
    absent = Q(came_at=None) | ~Q(left_at=None)
    sitting = governing(seats, OuterRef(OuterRef(model.dossier_path)))
    own = Convened.objects.filter(absent, member=user, sitting=sitting, sitting__closed_at=None)
    return Exists(own.filter(Exists(noted)))


def _one_level_further_in(model: type[Subject]) -> Any:
    """What stands for `model` where its row is that of the query around the query around."""
    names = ("scheme_path", "organisation_path", "dossier_path")
    return SimpleNamespace(**{name: OuterRef(getattr(model, name)) for name in names})
