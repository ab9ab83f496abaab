"""Drawing reviewers for a dossier: by the site's own chance, written into the trail, drawn again by anybody."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE, Actor, Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.reviews.asking import ask
from accreditation_engine.reviews.models import Assignment, Origin
from accreditation_engine.reviews.queue.places import places_of
from accreditation_engine.reviews.rules import assignment_open, coordinator_unfit
from accreditation_engine.trail.models import Event

from .lottery import Drawn, InPool, draw
from .models import ReviewerProfile
from .pool import Candidate, pool_of, profile_with

REVIEWERS_DRAWN = "reviewers_drawn"
DRAWER = "coordinator"


@dataclass(frozen=True)
class Asked:
    """What a dossier asks of a draw: so many `places` are open, of which so many for `seniors`; and how many
    assignments there ever were, by which a page that is sent twice is known."""

    places: int
    seniors: int
    so_far: int


@dataclass(frozen=True)
class Outcome:
    """Those who were drawn, in the order of the draw, and what the draw could not give."""

    people: Sequence[User]
    drawn: Drawn


def draw_reviewers(*, dossier: Dossier, by: Person, so_far: int | None = None) -> Outcome:
    """Draw reviewers for every open place of `dossier` from those against whom nothing stands, and ask them.

    The seed is made here, in the moment of the draw; the event holds it with the whole pool, the load of each and
    what stood against them, so that anybody draws again. `so_far` is how many assignments the drawer knows of.
    Raises Refused, and writes the refusal down, for anybody but a coordinator without an interest; where reviewers
    are not chosen now, no place is open, or somebody came or went since; and where nobody can be drawn.
    """
    role = require_role(dossier, by, DRAWER)
    with written_down(dossier, by, role=role, act="draw_reviewers"), transaction.atomic():
        locked = locked_row(dossier)
        asked = asked_by(locked)
        reasons = [*against_drawing(locked, asked), *coordinator_unfit(locked, by)]
        if so_far is not None and so_far != asked.so_far:
            reasons.append(Reason("reviewers_meanwhile"))
        if reasons:
            raise Refused(reasons)
        pool = _held_pool(locked)
        if not any(each.fit for each in pool):
            raise Refused([nobody(pool)])
        return _draw(locked, asked, pool, _Drawer(by, role))


def draw_at_step(*, dossier: Dossier, step: int) -> Outcome | None:
    """The same by the site itself, as a step of the workflow asks: `step` is the number of its event. The caller
    holds the dossier. Where nobody can be drawn, the event says so with everybody's reasons, and the places stay
    open: a step does not fail for want of reviewers. None where there is nothing to draw for."""
    asked = asked_by(dossier)
    if against_drawing(dossier, asked):
        return None
    return _draw(dossier, asked, _held_pool(dossier), _Drawer(SYSTEM, SYSTEM_ROLE, step))


def asked_by(dossier: Dossier) -> Asked:
    """One query."""
    reviewing = compiled(dossier.edition_id).workflow.reviewing
    given = Assignment.objects.filter(dossier=dossier).select_related("reviewer__reviewer_profile")
    standing = [each for each in given if each.released_at is None]
    seniors = sum(profile_with(each.reviewer).senior for each in standing)
    wanted = reviewing.draw.seniors if reviewing else 0
    places = max(0, places_of(compiled(dossier.edition_id)) - len(standing))
    return Asked(places, min(places, max(0, wanted - seniors)), len(given))


def against_drawing(dossier: Dossier, asked: Asked) -> list[Reason]:
    """Why nobody draws for `dossier`, whoever they are."""
    closed = assignment_open(dossier)
    if closed:
        return closed
    if not places_of(compiled(dossier.edition_id)):
        return [Reason("draw_without_places")]
    return [] if asked.places else [Reason("no_place_to_draw")]


def _held_pool(dossier: Dossier) -> list[Candidate]:
    """Two draws at once would each count the load of before, and nobody is to have more than they take: whoever
    draws holds the profiles, where limits stand, until the draw is done."""
    reviewers = granted_people("reviewer", dossier.scheme).values("pk")
    held = ReviewerProfile.objects.select_for_update().filter(person__in=reviewers).order_by("pk")
    list(held.values_list("pk"))
    return pool_of(dossier)


@dataclass(frozen=True)
class _Drawer:
    """Who draws in which part; the site itself at a `step`."""

    who: Person | Actor
    role: str
    step: int | None = None


def _draw(dossier: Dossier, asked: Asked, pool: Sequence[Candidate], drawer: _Drawer) -> Outcome:
    by, role = drawer.who, drawer.role
    seed = secrets.token_hex(16)
    said = [_as_said(each) for each in pool]
    drawn = draw(read_pool(said), seed=seed, places=asked.places, seniors=asked.seniors)
    data = {
        "seed": seed,
        "places": asked.places,
        "seniors": asked.seniors,
        "pool": said,
        "drawn": list(drawn.names),
        "seniors_missing": drawn.seniors_missing,
        "open": drawn.open,
        **({} if drawer.step is None else {"step": drawer.step}),
    }
    record(dossier.pk, REVIEWERS_DRAWN, by, role=role, edition=dossier.edition_id, data=data)
    known = {str(each.person.pk): each.person for each in pool}
    people = [known[name] for name in drawn.names]
    for person in people:
        ask(dossier=dossier, reviewer=person, origin=Origin.DRAWN, by=by, role=role)
    return Outcome(people, drawn)


def _as_said(candidate: Candidate) -> dict[str, Any]:
    """One of the pool, as the event keeps them."""
    return {
        **candidate.person.named_as("reviewer"),
        "senior": candidate.profile.senior,
        "load": candidate.load,
        "most": candidate.profile.most,
        "against": [dict(each) for each in candidate.against],
    }


def nobody(pool: Sequence[Candidate]) -> Reason:
    """How many are out for which reason."""
    counted = Counter(code for each in pool for code in {against["code"] for against in each.against})
    why = [{"code": code, "count": count} for code, count in sorted(counted.items())]
    return Reason("nobody_to_draw", {"count": len(pool), "why": why})


def read_pool(said: Sequence[dict[str, Any]]) -> list[InPool]:
    return [InPool(each["reviewer"], not each["against"], each["senior"]) for each in said]


def drawn_again(event: Event) -> bool:
    """Whether the seed that the event keeps draws the names that it keeps from the pool that it keeps, and nobody
    in it is beyond what they take."""
    data = event.data
    drawn = draw(read_pool(data["pool"]), seed=data["seed"], places=data["places"], seniors=data["seniors"])
    said = Drawn(tuple(data["drawn"]), data["seniors_missing"], data["open"])
    return drawn == said and not any(_beyond(each) for each in data["pool"])


def _beyond(said: dict[str, Any]) -> bool:
    return not said["against"] and said["most"] is not None and said["load"] >= said["most"]
