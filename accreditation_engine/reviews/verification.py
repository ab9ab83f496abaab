"""Ratings against their events: what a reviewer gave is what the trail says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.accounts import account, batches, said
from accreditation_engine.trail.verification import Problem

from .models import Assignment, Rating

Key = tuple[UUID, str, int, str, str]
"""Dossier, reviewer, which of the reviewer's assignments to it, rubric, criterion."""


@account
def ratings_as_written(stream: UUID | None) -> Iterator[Problem]:
    for dossiers in batches(Dossier.objects.all(), stream):
        written, kept = _written(dossiers), _kept(dossiers)
        for key in sorted(written.keys() | kept.keys(), key=str):
            value, seq = written.get(key, ("", 0))
            if kept.get(key, "") != value:
                detail = f"the rating of {key[4]} is '{kept.get(key, '')}' and its trail says '{value}'"
                yield Problem(key[0], seq, "rating", detail)


def _written(dossiers: Iterable[UUID]) -> dict[Key, tuple[str, int]]:
    """What events say, with the event that said it last."""
    found: dict[Key, tuple[str, int]] = {}
    assigned: Counter[tuple[UUID, str]] = Counter()
    for event, data in said(dossiers, "assigned", "rated"):
        if event.kind == "assigned":
            assigned[event.stream, str(data.get("reviewer"))] += 1
            continue
        reviewer = str(event.actor)
        which = assigned[event.stream, reviewer]
        for rubric, ratings in data.get("ratings", {}).items():
            for criterion, value in ratings.items():
                found[event.stream, reviewer, which, rubric, criterion] = (value, event.seq)
    return found


def _kept(dossiers: list[UUID]) -> dict[Key, str]:
    which: dict[int, tuple[UUID, str, int]] = {}
    counted: dict[tuple[UUID, str], int] = defaultdict(int)
    for each in Assignment.objects.filter(dossier__in=dossiers).order_by("pk"):
        person = (each.dossier_id, str(each.reviewer_id))
        counted[person] += 1
        which[each.pk] = (*person, counted[person])
    rows = Rating.objects.filter(assignment__dossier__in=dossiers)
    return {
        (*which[assignment], rubric, criterion): value
        for assignment, rubric, criterion, value in rows.values_list(
            "assignment", "rubric", "criterion", "value"
        )
    }
