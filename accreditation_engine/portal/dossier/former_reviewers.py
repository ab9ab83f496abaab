"""Who reviewed a dossier once and does no more, and what became of it, for its coordinator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.reviews.interests.declaring import INTEREST
from accreditation_engine.reviews.interests.objecting import UPHELD
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.models import Event

RELEASED = "released"


def former_reviewers(dossier: Dossier, gone: Sequence[Assignment]) -> list[dict[str, Any]]:
    """[{name, became, at}] of the reviews of `dossier` that are over, in the order in which they were asked for.
    One query, none where nobody left."""
    ways = _ways(dossier) if gone else {}
    return [
        {"name": str(each.reviewer), "became": _became(each, ways), "at": each.released_at} for each in gone
    ]


def _became(assignment: Assignment, ways: dict[UUID, Iterator[str]]) -> str:
    after = getattr(assignment, "handed_over_to", None)
    if after is not None:
        return _("handed over to %(name)s") % isolated({"name": str(after.reviewer)})
    way = next(ways.get(assignment.reviewer_id, iter(())), RELEASED)
    return {
        INTEREST: lambda: _("declared an interest"),
        UPHELD: lambda: _("taken after an objection"),
        "own": lambda: _("given back"),
        ADMINISTRATOR: lambda: _("released when their role ended"),
    }.get(way, lambda: _("released by a coordinator"))()


def _ways(dossier: Dossier) -> dict[UUID, Iterator[str]]:
    """How reviews were released, by reviewer, the first release first. A declared tie, and an objection that is
    upheld, stand right before the release that they lead to. One query."""
    kinds = (RELEASED, INTEREST, UPHELD)
    events = list(Event.objects.filter(stream=dossier.pk, kind__in=kinds).order_by("seq"))
    found: dict[UUID, list[str]] = {}
    for place, event in enumerate(events):
        if event.kind == RELEASED:
            found.setdefault(UUID(event.data["reviewer"]), []).append(_way(events, place))
    return {person: iter(ways) for person, ways in found.items()}


def _way(events: Sequence[Event], place: int) -> str:
    event, before = events[place], events[place - 1] if place else None
    if before is not None and before.seq == event.seq - 1 and before.kind in (INTEREST, UPHELD):
        return before.kind
    if event.role == ADMINISTRATOR:
        return ADMINISTRATOR
    return "own" if str(event.actor) == event.data["reviewer"] else RELEASED
