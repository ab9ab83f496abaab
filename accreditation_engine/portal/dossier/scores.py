"""The score sheets of a dossier, with the reasons for their outcomes in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.portal.charts import areas_chart
from accreditation_engine.reviews.judged import judged_of
from accreditation_engine.reviews.sheets import Sent
from accreditation_engine.scoring import ScoreSheet, in_words

from .next_outcome import next_better
from .reader import Reader, language
from .to_agree import to_agree

ENOUGH_FOR_A_CHART = 5


def scores(reader: Reader, sent: Sent | None = None) -> list[dict[str, Any]]:
    """One for each rubric, for parts/scores.html. One query where the ratings that count are not `sent` along, and
    one for each rubric that asks for growth."""
    page = reverse("next_outcome", args=[reader.dossier.pk])
    judged = judged_of(reader.dossier, sent).values()
    return [
        {
            **sheet_shown(each.sheet),
            "missing": bool(each.sheet.missing),
            "next": _next(each.sheet, page),
            "reasons": [in_words(reason, each.sheet.rubric, language()) for reason in each.sheet.reasons],
            "to_agree": to_agree(reader, each.to_agree),
        }
        for each in judged
        if each.sheet.ratings
    ]


def sheet_shown(sheet: ScoreSheet, asked: Sequence[Decimal] = ()) -> dict[str, Any]:
    """One sheet, without what it asks for further. `asked`, one for each area, is a line in the chart."""
    rubric = sheet.rubric
    nodes = [(area, sheet.areas[area.id]) for area in rubric.areas]
    percents = [node.percent for _area, node in nodes if node.percent is not None]
    line = [each for each, (_area, node) in zip(asked, nodes, strict=False) if node.percent is not None]
    return {
        "title": rubric.title.in_language(language()),
        "percent": sheet.percent,
        "badge": _outcome(rubric, sheet.outcome),
        "chart": areas_chart(percents, asked=line) if len(percents) >= ENOUGH_FOR_A_CHART else "",
        "rows": [
            {
                "title": f"{place}. {area.title.in_language(language())}",
                "weight": area.weight,
                "percent": node.percent,
                "tone": "reviewer",
            }
            for place, (area, node) in enumerate(nodes, start=1)
        ],
    }


def _next(sheet: ScoreSheet, page: str) -> dict[str, str] | None:
    """The way to what is missing for the next better outcome, which stands on `page`, where there is one."""
    better = next_better(sheet)
    if better is None:
        return None
    return {"outcome": better.title.in_language(language()), "url": f"{page}#rubric-{sheet.rubric.id}"}


def _outcome(rubric: Rubric, outcome: str | None) -> dict[str, str] | None:
    """The best outcome shines, the last one, which nobody aims at, warns."""
    names = [each.outcome for each in rubric.outcomes]
    if outcome is None:
        return None
    place = names.index(outcome)
    tone = "bad" if place == len(names) - 1 else "gold" if place == 0 and len(names) > 2 else "good"
    return {"title": rubric.outcomes[place].title.in_language(language()), "tone": tone}
