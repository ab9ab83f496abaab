"""The first assessment of a dossier, from which growth is counted (docs/decisions/014).

It is that of the same organisation's earliest dossier that was opened before this one and whose reviews under a
rubric of the same id have all been sent, scored under that dossier's own edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.scoring import ScoreSheet

from .models import Assignment, Rating
from .sheets import FIELDS, SENT, Sent, agreed_rating, as_judged, combined_sheet

EARLIER = ("dossier", "edition", *FIELDS)
"""Of a rating of an earlier dossier: that dossier and its edition, and what is asked of every rating."""


@dataclass(frozen=True)
class First:
    """The dossier of a first assessment, what its reviewers gave, and what that came to."""

    dossier: UUID
    edition: str
    rows: Sent
    sheet: ScoreSheet

    def as_judged(self) -> dict[str, Any]:
        """What the event keeps of it: which dossier it was, and digests of ratings and sheet as they were then."""
        return {
            "dossier": str(self.dossier),
            "edition": self.edition,
            "ratings": digest_of(as_judged(self.rows)),
            "digest": self.sheet.digest(),
        }


def earlier_fact(model: type[Subject]) -> Rows:
    """The ratings among which a subject's first assessments are, in SQL."""
    return Rows(_earlier(OuterRef(model.dossier_path)), *EARLIER)


def first_of(rows: Iterable[Mapping[str, Any]], rubric: str) -> First | None:
    """The first assessment under a rubric of this id, from rows of EARLIER in their order. The editions of these
    dossiers are read once a process."""
    own = (each for each in rows if each["rubric"] == _asked_as(rubric, each["edition"]))
    dossier, found = next(groupby(own, key=lambda each: str(each["dossier"])), (None, ()))
    if dossier is None:
        return None
    kept = list(found)
    edition = kept[0]["edition"]
    sent = [{name: each[name] for name in FIELDS} for each in kept]
    return First(UUID(dossier), edition, sent, combined_sheet(sent, compiled(edition).rubrics[rubric]))


def _asked_as(rubric: str, edition: str) -> str | None:
    """Under which rubric its criteria were rated there; None where the edition has no such rubric."""
    known = compiled(edition).rubrics.get(rubric)
    return known.asked_as if known else None


def first_assessments(dossiers: list[UUID], rubric: str) -> dict[UUID, First]:
    """Those of many dossiers, by id; dossiers without one are left out. One query, and one more for each edition
    that this process has not used yet."""
    rows = _earlier(dossiers).values("since", *EARLIER)
    by_dossier = groupby(rows.order_by("since", *ORDER), key=lambda each: each["since"])
    found = {dossier: first_of(each, rubric) for dossier, each in by_dossier}
    return {dossier: first for dossier, first in found.items() if first is not None}


ORDER = ("assignment__dossier__opened_at", "assignment__dossier", "assignment_id", "rubric", "criterion")


def _earlier(dossiers: Any) -> QuerySet[Rating, Any]:
    """The ratings of all dossiers of the same organisation that were opened before each of `dossiers` (a list of
    ids, or an outer reference to one) and of which no review is still out. `since` is the one they were before."""
    since = "assignment__dossier__organisation__dossiers"
    lookup = f"{since}__in" if isinstance(dossiers, list) else since
    unsent = Assignment.objects.filter(
        dossier=OuterRef("assignment__dossier"), sent_at=None, released_at=None
    )
    rows = Rating.objects.filter(
        SENT,
        ~Exists(unsent),
        **{lookup: dossiers, "assignment__dossier__opened_at__lt": F(f"{since}__opened_at")},
    )
    return rows.annotate(
        since=F(since),
        dossier=F("assignment__dossier"),
        edition=F("assignment__dossier__edition"),
        agreed=agreed_rating(),
    ).order_by(*ORDER)
