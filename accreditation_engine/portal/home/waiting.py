"""Which dossiers and findings wait for a person, said in SQL, so that lists cost the same for 3 as for 3,000."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from accreditation_engine.decisions.queries import vote_missing
from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import (
    READERS,
    known_to,
    schemes_in_use,
    standing_at,
    standing_in,
    waits_for,
)
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.parts import acting_as, known_as
from accreditation_engine.engine.prepared import USER, Asked, Prepared, key_gap
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import files_of, parts_of
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.queries import findings_in, own_review_due, review_unsent
from accreditation_engine.reviews.reminding import paused_in, reviewed_in

# Roles whose part in a state may be done while the state goes on: then it waits for them no more.
STILL_TO_DO: Mapping[str, Callable[[Any, Iterable[Compiled]], Q]] = {
    "reviewer": lambda user, schemes: review_unsent(user) | standing_at(schemes, _asking_reviewers_for_more),
    "panel": vote_missing,
    "appeal_panel": vote_missing,
}


def _asking_reviewers_for_more(scheme: Compiled) -> list[str]:
    """Where something else than a review is waited for, such as answers to the points of a report."""
    reviewed = reviewed_in(scheme.edition)
    return [
        name
        for name, each in scheme.workflow.states.items()
        if each.waits_for == "reviewer" and name not in reviewed
    ]


def schemes_of(person: User) -> list[Compiled]:
    """The editions of the files that `person` sees, for a page that asks for several things. One query."""
    return schemes_in_use(files_of(person))


def waiting_dossiers(person: User, schemes: list[Compiled] | None = None) -> QuerySet[Dossier]:
    """What `person` should do something about, the most urgent first."""
    known = schemes_of(person) if schemes is None else schemes
    return _waiting(person.pk, parts_of(person), known).select_related("organisation")


def waiting_keys(person: User, schemes: Iterable[Compiled]) -> list[UUID]:
    """The ids of these, in their order. One query, which is built once for all who play the same parts: of a panel
    it is long."""
    asked = _keys(tuple(parts_of(person)), tuple(each.edition for each in schemes))
    return [row.pk for row in asked.send(Asked(user=person.pk))]


@lru_cache(maxsize=128)
def _keys(roles: tuple[str, ...], editions: tuple[str, ...]) -> Prepared:
    return Prepared(_waiting(USER, roles, [compiled(each) for each in editions]).only("pk"))


ROWS = 20
"""So many are shown at once."""
NO_FILE = UUID(int=0)


def files_at_home(person: User, page: Sequence[UUID], waiting: Sequence[UUID]) -> list[Any]:
    """Those of `page` (at most `ROWS`), and the newest of those that are not `waiting`, the newest first, each
    with `own_due`: when the review is due that `person` has yet to send of it. One query, which is built once
    for every power of two of those waiting."""
    gaps = 1 << (len(waiting) - 1).bit_length() if waiting else 0
    keys = [*page, *[NO_FILE] * (ROWS - len(page)), *waiting, *[NO_FILE] * (gaps - len(waiting))]
    return _at_home(tuple(parts_of(person)), gaps).send(Asked(user=person.pk, keys=keys))


@lru_cache(maxsize=256)
def _at_home(roles: tuple[str, ...], gaps: int) -> Prepared:
    reading = [role for role in roles if role in READERS]
    known = known_to(USER, *reading) if reading else Dossier.objects.none()
    of_page, waiting = _gaps(0, ROWS), _gaps(ROWS, gaps)
    newest = known.exclude(pk__in=waiting).order_by("-opened_at").values("pk")[:ROWS]
    found = Dossier.objects.filter(Q(pk__in=of_page) | Q(pk__in=newest)).select_related("organisation")
    if "reviewer" in reading:
        found = found.annotate(own_due=own_review_due(USER))
    return Prepared(found.order_by("-opened_at"))


def _gaps(first: int, count: int) -> list[Any]:
    return [key_gap(place) for place in range(first, first + count)]


URGENCY = ("due", "entered_at", "number")


def _waiting(user: Any, roles: Iterable[str], schemes: list[Compiled]) -> QuerySet[Dossier]:
    reading = [role for role in roles if role in READERS]
    known = known_to(user, *reading) if reading else Dossier.objects.none()
    known = known.annotate(due=_due(user) if "reviewer" in reading else F("deadline_at"))
    return known.filter(_waits(user, roles, schemes)).order_by(*URGENCY)


def _due(user: Any) -> Any:
    """When a reviewer's own review is due, else when the state of the file ends."""
    return Coalesce(own_review_due(user), F("deadline_at"))


def _waits(user: Any, roles: Iterable[str], schemes: list[Compiled]) -> Q:
    found = Q(pk__in=[])
    for role in roles:
        mine = standing_in(schemes, waits_for(role)) & acting_as(Dossier, user, role)
        if role in STILL_TO_DO:
            mine &= STILL_TO_DO[role](user, schemes)
        found |= mine
    if "reviewer" in roles:
        found |= _paused(user, schemes)
    return found


def _paused(user: Any, schemes: Iterable[Compiled]) -> Q:
    """Reviews that are still owed and stand still: there is somebody to be asked to let them go on."""
    there = standing_at(schemes, lambda scheme: paused_in(scheme.edition))
    return there & review_unsent(user) & known_as(Dossier, user, "reviewer")


def waiting_findings(person: User, schemes: list[Compiled] | None = None) -> QuerySet[Finding]:
    """Findings that wait for `person`, in dossiers whose state lets that role see findings at all."""
    parts = [role for role in HANDLE_FINDINGS if role in parts_of(person)]
    if not parts:
        return Finding.objects.none()
    known, found = schemes_of(person) if schemes is None else schemes, Q(pk__in=[])
    for role in parts:
        turn = findings_in(waits_for(role)) & acting_as(Finding, person.pk, role)
        found |= turn & standing_in(known, _showing_findings_to(role), prefix="dossier__")
    return Finding.objects.filter(found).select_related("dossier__organisation").order_by("due_on", "pk")


HANDLE_FINDINGS = ("applicant", "reviewer")


def _showing_findings_to(role: str) -> Callable[[State], bool]:
    return lambda state: "findings" in state.shows.get(role, ())
