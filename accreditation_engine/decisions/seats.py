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
from accreditation_engine.definitions.workflow import Rule, Workflow
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.prepared import NOW
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.reviews.interests.ties import Pair, kept_out

from .models import AgendaItem, Ballot, Convened, Recusal, Vote

MAY_VOTE, CLOSES = "may_vote", "close_ballot"


@dataclass(frozen=True)
class Seats:
    """Those who vote in `states`: whoever holds one of `roles` and took no part as one of `barred`."""

    states: tuple[str, ...]
    roles: tuple[str, ...]
    barred: tuple[str, ...]
    secret: bool = False

    @property
    def fact(self) -> str:
        """The name of the fact that says who has yet to vote: the same for the same seats, in whatever edition."""
        asked = "/".join((*self.roles, "", *self.barred))
        return f"awaited_{hashlib.sha256(asked.encode()).hexdigest()[:12]}"


def seats_in(workflow: Workflow) -> Iterator[Seats]:
    """Of each step that casts a vote, in the order of the file."""
    for transition in workflow.transitions.values():
        for rule in transition.requires:
            if rule.name == MAY_VOTE:
                barred = tuple(sorted(kept_out_of(transition)))
                yield Seats(transition.from_, tuple(sorted(transition.by)), barred, _is_secret(rule))


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
    """Who has a seat in the latest ballot of the dossier.

    Those have who were of the panel when it was opened and still are, whom no interest keeps out, who have not
    stepped aside and, where a sitting decides on the dossier, are convened to it.
    """
    dossier = OuterRef(OuterRef(model.dossier_path))
    nearer = _one_level_further_in(model)
    member = OuterRef("pk")
    pair = Pair(member, dossier, OuterRef(OuterRef(model.organisation_path)))
    found = User.objects.filter(_belonging(model, seats.roles), is_active=True).exclude(kept_out(pair))
    for role in seats.barred:
        found = found.filter(~Q(took_part(nearer, role, member)))
    recused = Recusal.objects.filter(dossier=dossier, member=member)
    return found.filter(~Exists(recused), _convened(dossier)).order_by("pk")


def awaited(model: type[Subject], seats: Seats) -> QuerySet[User]:
    """Who of them has not voted in it."""
    later = Ballot.objects.filter(dossier=OuterRef("ballot__dossier"), number__gt=OuterRef("ballot__number"))
    latest = Vote.objects.filter(~Exists(later), ballot__dossier=OuterRef(OuterRef(model.dossier_path)))
    return seated(model, seats).exclude(Exists(latest.filter(member=OuterRef("pk"))))


def _belonging(model: type[Subject], roles: tuple[str, ...]) -> Exists:
    """A grant that holds, and held when the ballot was opened, where one was."""
    scheme, dossier = (OuterRef(OuterRef(path)) for path in (model.scheme_path, model.dossier_path))
    opened = Ballot.objects.filter(dossier=OuterRef(dossier)).order_by("-number").values("opened_at")[:1]
    then = Coalesce(Subquery(opened), NOW, output_field=DateTimeField())
    grants = RoleGrant.objects.filter(in_force(), user=OuterRef("pk"), role__in=roles)
    return Exists(grants.filter(Q(scheme="") | Q(scheme=scheme), since__lte=then))


def _convened(dossier: Any) -> Q:
    """Convened to the sitting that decides on the dossier: to the last of several. Without one, all are. A sitting
    that was over when the ballot was opened decides nothing any more: an appeal is heard by others."""
    later = Ballot.objects.filter(dossier=OuterRef("dossier"), opened_at__gt=OuterRef("sitting__closed_at"))
    items = AgendaItem.objects.filter(~Exists(later), sitting__cancelled_at=None)
    here = items.filter(dossier=OuterRef(dossier)).order_by("-sitting__starts_at", "-sitting")
    seat = Convened.objects.filter(member=OuterRef("pk"), sitting=Subquery(here.values("sitting")[:1]))
    return Q(Exists(seat)) | ~Q(Exists(items.filter(dossier=dossier)))


def _one_level_further_in(model: type[Subject]) -> Any:
    """What stands for `model` where its row is that of the query around the query around."""
    names = ("scheme_path", "organisation_path", "dossier_path")
    return SimpleNamespace(**{name: OuterRef(getattr(model, name)) for name in names})
