"""What a decision's event keeps of all that was judged, piece by piece (docs/decisions/021).

    pieces: {evidence:  {rubric: {criterion: [sha256, ...]}},
             reviews:   [{reviewer: uuid, ratings: sha256}, ...],
             ratings:   {rubric: {criterion: [what each of the reviews gave, null for nothing]}},
             consensus: {rubric: {criterion: what was agreed}},
             findings:  {uuid: {state, seq}},
             editions:  {rubric: sha256},
             scope:     {ar, en}}

Without a scope the certificate covers the whole organisation.

The scheme's edition stands in the event itself, and every score sheet beside the pieces. The digest of a review is
the one that the event with which it was sent holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import OuterRef

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.guards import (
    digest_of,
    evidence_fact,
    judged_evidence,
    judged_scope,
    pieces_of_evidence,
    scope_fact,
)
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.registry import Case
from accreditation_engine.scoring import ScoreSheet

from .first_assessments import First, earlier_fact, first_of
from .models import Assignment
from .open_findings import findings_fact
from .sheets import Sent, as_judged, combined_sheet, ratings_fact

PIECES, SHEET, FIRST = "pieces", "sheet:", "first:"
"""Under which names they stand in what was judged; a rubric's id follows the latter two."""


def facts_of_pieces(model: type[Subject], *, growth: bool) -> dict[str, Any]:
    """All that must be known, in SQL; earlier dossiers only where a rubric asks for `growth`."""
    facts: dict[str, Any] = {
        "evidence": evidence_fact(model),
        "ratings": ratings_fact(model),
        "reviews": _reviews_fact(model),
        "findings": findings_fact(model),
        "scope": scope_fact(model),
    }
    return {**facts, "earlier": earlier_fact(model)} if growth else facts


def _reviews_fact(model: type[Subject]) -> Rows:
    rows = Assignment.objects.filter(
        dossier=OuterRef(model.dossier_path), sent_at__isnull=False, released_at=None
    )
    return Rows(rows.order_by("pk"), "id", "reviewer_id")


def pieces_judged(case: Case, judged: Mapping[str, Any]) -> dict[str, Any]:
    """The pieces, digests of all of them together, and the sheets that no guard has judged by itself."""
    return all_pieces(case.scheme, case.facts, judged)


def all_pieces(scheme: Compiled, facts: Mapping[str, Any], judged: Mapping[str, Any]) -> dict[str, Any]:
    """The same from `facts` that were fetched with `facts_of_pieces`."""
    rest = [each for name, each in scheme.rubrics.items() if SHEET + name not in judged]
    return {
        **sheets_judged(rest, facts),
        "ratings": digest_of(as_judged(facts["ratings"])),
        **judged_evidence(facts),
        PIECES: {**pieces_of(facts), "editions": dict(scheme.pins)},
    }


def pieces_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """All pieces but the editions, from facts that came with a row."""
    ratings = [each for each in facts["ratings"] if each["value"]]
    return {
        "evidence": pieces_of_evidence(facts["evidence"]),
        "reviews": [
            {
                "reviewer": str(UUID(each["reviewer_id"])),
                "ratings": _digest_of_review(row for row in ratings if row["assignment_id"] == each["id"]),
            }
            for each in facts["reviews"]
        ],
        "ratings": _side_by_side(ratings, [each["id"] for each in facts["reviews"]]),
        "consensus": _agreed(ratings),
        "findings": {
            str(UUID(each["id"])): {"state": each["state"], "seq": each["state_seq"]}
            for each in facts["findings"]
        },
        **judged_scope(facts),
    }


def _digest_of_review(rows: Any) -> str:
    return digest_of({name: each[name] for name in ("rubric", "criterion", "value")} for each in rows)


def _side_by_side(rows: Sent, reviews: Sequence[int]) -> dict[str, dict[str, list[str | None]]]:
    """What each review gave, criterion by criterion: far fewer bytes than review by review."""
    given: dict[str, dict[str, list[str | None]]] = {}
    place = {review: number for number, review in enumerate(reviews)}
    for each in rows:
        values = given.setdefault(each["rubric"], {}).setdefault(each["criterion"], [None] * len(reviews))
        values[place[each["assignment_id"]]] = each["value"]
    return given


def _agreed(rows: Sent) -> dict[str, dict[str, str]]:
    agreed: dict[str, dict[str, str]] = {}
    for each in rows:
        if each["agreed"] is not None:
            agreed.setdefault(each["rubric"], {})[each["criterion"]] = each["agreed"]
    return agreed


def sheets_judged(rubrics: Sequence[Rubric], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What the ratings come to under each of `rubrics`, growth counted from the first assessment."""
    judged: dict[str, Any] = {}
    for rubric in rubrics:
        first = first_of(facts["earlier"], rubric.id) if rubric.asks_growth else None
        sheet = combined_sheet(facts["ratings"], rubric, first.sheet if first else None)
        judged |= sheet_judged(sheet, first)
    return judged


def sheet_judged(sheet: ScoreSheet, first: First | None) -> dict[str, Any]:
    """The digest of a sheet and what it came to; and of the first assessment that growth was counted from."""
    return {
        **({FIRST + sheet.rubric.id: first.as_judged()} if first else {}),
        SHEET + sheet.rubric.id: {
            "digest": sheet.digest(),
            "outcome": sheet.outcome,
            "percent": None if sheet.percent is None else str(sheet.percent),
        },
    }
