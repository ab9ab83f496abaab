"""Which interests the system knows of: for one dossier, and one person or many. Reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    Field,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
)

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.prepared import SUBJECT, Asked, Given, PreparedByKey
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.ties import barring_engagements, employed_beside, memberships
from accreditation_engine.trail.models import Event

from ..models import Assignment
from .last_time import reviewed_last_time
from .ties import Pair, allowing, declared_ties, upheld_objections

KINDS = ("family", "employer", "business", "former_member", "other")
"""What may be declared, by the person or by the organisation."""

FINAL = frozenset({"member", "coach", "decided", "objection_upheld"})
"""Interests with which nobody is allowed to judge, whoever would agree to it: their own organisation, what they
advised, what they judged in another part, and a dossier that they were taken from."""

SYSTEM, OWN, ORGANISATION = "system", "own", "organisation"


@dataclass(frozen=True)
class Known:
    """`code` says what ties the person to the organisation or the dossier; `by` who said so: the system, the
    person or the organisation. `facts` are codes and days: `until` (of a former member, an ISO date), `on` (when
    it was declared), `roles` (in which the person judged the dossier)."""

    code: str
    by: str = SYSTEM
    facts: Mapping[str, Any] | None = None

    @property
    def final(self) -> bool:
        return self.code in FINAL


@dataclass(frozen=True)
class Standing:
    """One person before one dossier: their interests, and whether two people have allowed them to judge it with
    those that are not final. `also` are the facts that were asked for beside."""

    interests: tuple[Known, ...]
    allowed: bool
    also: Mapping[str, Any]

    @property
    def barring(self) -> list[Known]:
        """The interests that keep the person from judging."""
        return [each for each in self.interests if each.final or not self.allowed]


Facts = Callable[[], Mapping[str, Any]]
"""Further facts in SQL over people before a dossier, of which `SUBJECT` and the gaps below tell."""


@dataclass(frozen=True, kw_only=True)
class _Before(Asked):
    """Of which dossier is asked, by what the questions compare with."""

    dossier: Dossier


def _of_dossier(name: str, output_field: Field[Any, Any]) -> Given:
    return Given(lambda asked: getattr(cast(_Before, asked).dossier, name), output_field)


ITS_ORGANISATION = _of_dossier("organisation_id", UUIDField())
ITS_SCHEME = _of_dossier("scheme", CharField())
ITS_OPENING = _of_dossier("opened_at", DateTimeField())


def nothing_else() -> Mapping[str, Any]:
    return {}


def known_interests(
    dossier: Dossier, people: Sequence[User], also: Facts = nothing_else
) -> dict[UUID, Standing]:
    """What the system knows of each of `people` before `dossier`, by id, most telling first, and the facts that
    are asked for beside. One query, however many people; none for nobody."""
    asked = _Before(subject=dossier.pk, dossier=dossier)
    found = _standing(also, rotates(dossier)).send([each.pk for each in people], asked)
    return {row.pk: _standing_of(row, _names(also)) for row in found}


def _standing_of(row: Any, names: Iterable[str]) -> Standing:
    told = vars(row)
    return Standing(tuple(_interests(told)), told["allowed"], {name: told[name] for name in names})


@lru_cache(maxsize=8)
def _names(also: Facts) -> tuple[str, ...]:
    return tuple(also())


def codes_of(interests: Iterable[Known]) -> list[str]:
    """Each code once, in order."""
    return list(dict.fromkeys(each.code for each in interests))


@lru_cache(maxsize=8)
def _standing(also: Facts, rotating: bool) -> PreparedByKey:
    return PreparedByKey(User.objects.only("pk").annotate(**asked_of_people(rotating), **also()))


def asked_of_people(rotating: bool) -> dict[str, Any]:
    """What `known_interests` asks of each, with gaps for the dossier."""
    pair = Pair(OuterRef("pk"), SUBJECT, ITS_ORGANISATION)
    member = memberships(pair.person, pair.organisation)
    return {
        "member": Exists(member.filter(ended_at=None)),
        "left": Subquery(member.order_by("-ended_at").values("ended_at")[:1]),
        "coach": Exists(barring_engagements(pair.person, pair.organisation)),
        "same_employer": Exists(employed_beside(pair.person, pair.organisation)),
        "declared": Rows(declared_ties(pair).order_by("pk"), "kind", "role", "declared_at"),
        "objection_upheld": Exists(upheld_objections(pair)),
        "allowed": Exists(allowing(pair)),
        "decided": Rows(_decided(pair), "role"),
        **({"reviewed_last": Exists(_reviewed_last_time(pair))} if rotating else {}),
    }


def _reviewed_last_time(pair: Pair) -> QuerySet[Assignment]:
    return reviewed_last_time(pair.person, pair.organisation, ITS_SCHEME, ITS_OPENING)


def rotates(dossier: Dossier) -> bool:
    reviewing = compiled(dossier.edition_id).workflow.reviewing
    return reviewing is not None and reviewing.rotate


def _decided(pair: Pair) -> QuerySet[Event]:
    """What the person did in the dossier as one who decides. Refused attempts are no part taken."""
    deciding = [name for name, role in roles.items() if role.judges == "deciding"]
    acted = Event.objects.filter(stream=pair.dossier, actor=pair.person, role__in=deciding)
    return acted.exclude(kind="refused").order_by("role").distinct()


def _interests(row: Mapping[str, Any]) -> Iterable[Known]:
    yield from _of_members(row)
    if row["decided"]:
        yield Known("decided", facts={"roles": [each["role"] for each in row["decided"]]})
    yield from (Known(code) for code in ("coach", "same_employer") if row[code])
    for each in row["declared"]:
        by = ORGANISATION if each["role"] == "applicant" else OWN
        yield Known(each["kind"], by, {"on": str(each["declared_at"])[:10]})
    yield from (Known(code) for code in ("reviewed_last", "objection_upheld") if row.get(code))


def _of_members(row: Mapping[str, Any]) -> Iterable[Known]:
    if row["member"]:
        yield Known("member")
    elif row["left"]:
        yield Known("former_member", facts={"until": row["left"].date().isoformat()})
