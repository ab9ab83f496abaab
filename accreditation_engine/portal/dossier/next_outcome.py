"""What is missing for a better outcome: the reasons against it, and the cheapest ratings that would lead to it.

It takes a third of a second for 60 criteria, so it has a page of its own; ways.py keeps what was found.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.rubric import Outcome, Rubric, Severity
from accreditation_engine.dossiers.words import listed
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import state_title
from accreditation_engine.reviews.barring import barring
from accreditation_engine.reviews.judged import Judged, judged_of
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.scoring import Rating, ScoreSheet, in_words, reasons_against
from accreditation_engine.scoring.next_steps import NextSteps, Raise
from accreditation_engine.scoring.next_steps.words import way_in_words
from accreditation_engine.scoring.rounding import plain, rounded

from .findings import findings_seen
from .reader import Reader, language
from .rubrics import criterion_titles, given, sections_of
from .to_agree import to_agree
from .ways import way_from


@dataclass(frozen=True)
class _Page:
    """`bars` are the severities of findings that bar a decision, `findings` those that the reader sees."""

    reader: Reader
    bars: tuple[Severity, ...]
    findings: Sequence[Finding]

    def barring(self, rubric: Rubric) -> list[Finding]:
        """The findings under `rubric` that are grave enough, open or not."""
        return [each for each in self.findings if each.rubric == rubric.id and each.severity in self.bars]

    def settled(self, rubric: Rubric) -> set[str]:
        """The criteria whose rating raised a finding that bars nothing any more."""
        raised = [each for each in self.barring(rubric) if each.rating]
        still = {each.criterion for each in raised if _is_open(each)}
        return {each.criterion for each in raised} - still


def next_outcomes(reader: Reader) -> list[dict[str, Any]]:
    """One for each rubric under which something was rated. Two queries, and one for each rubric that asks for
    growth."""
    bars = barring(reader.dossier.edition_id)
    page = _Page(reader, bars, findings_seen(reader) if bars else ())
    return [_next(page, each) for each in judged_of(reader.dossier).values() if each.sheet.ratings]


def next_better(sheet: ScoreSheet) -> Outcome | None:
    """The outcome directly above the one that `sheet` came to; None at the top, and while ratings are missing."""
    outcomes = sheet.rubric.outcomes
    places = {each.outcome: place for place, each in enumerate(outcomes)}
    above = (places[sheet.outcome] if sheet.outcome else len(outcomes)) - 1
    return outcomes[above] if sheet.complete and above >= 0 else None


def not_met(sheet: ScoreSheet, first: ScoreSheet | None) -> list[str]:
    """In words what the next better outcome asks for and is not met; where there is none, of the reasons for this
    one those that do not hold. `first` is what growth is counted from."""
    better = next_better(sheet)
    against = reasons_against(sheet, better.outcome, first_assessment=first) if better else sheet.reasons
    return [in_words(each, sheet.rubric, language()) for each in against if not each.holds]


def _next(page: _Page, judged: Judged) -> dict[str, Any]:
    sheet, first = judged.sheet, judged.first.sheet if judged.first else None
    better, rubric = next_better(sheet), sheet.rubric
    settled = page.settled(rubric)
    steps = way_from(page.reader.dossier.edition_id, sheet, first, clear_of=page.bars, settled=settled)
    titles = {each.outcome: each.title.in_language(language()) for each in rubric.outcomes}
    return {
        "id": f"rubric-{rubric.id}",
        "title": rubric.title.in_language(language()),
        "percent": sheet.percent,
        "outcome": titles.get(sheet.outcome or "", ""),
        "better": titles[better.outcome] if better else "",
        "to_agree": to_agree(page.reader, judged.to_agree),
        "against": not_met(sheet, first),
        "findings": _open_findings(page, rubric),
        "way": way_in_words(steps, language()),
        "raises": raises_table(steps, _("Rating that counts")) if steps.raises else None,
        "left": _left(page, steps, settled),
    }


def _is_open(finding: Finding) -> bool:
    return still_open(finding.edition_id, finding.state)


def _open_findings(page: _Page, rubric: Rubric) -> dict[str, Any] | None:
    """Those that keep the decision back as they stand, each with where it is."""
    found = [each for each in page.barring(rubric) if _is_open(each)]
    if not found:
        return None
    titles = criterion_titles(page.reader.scheme)
    overview = reverse("dossier", args=[page.reader.dossier.pk])
    words = ngettext(
        "One open finding keeps the certificate back, whatever the outcome is, until its correction is accepted:",
        "%(count)d open findings keep the certificate back, whatever the outcome is, until their corrections are"
        " accepted:",
        len(found),
    )
    return {
        "words": words % {"count": len(found)},
        "listed": [
            {
                "title": titles.get((each.rubric, each.criterion), each.criterion),
                "url": f"{overview}#finding-{each.pk}",
                "severity": severity_title(each.severity),
                "state": state_title(each.edition_id, each.state),
            }
            for each in found
        ],
    }


def _left(page: _Page, steps: NextSteps, settled: Collection[str]) -> str:
    """The criteria that are left at a rating which keeps the decision back, in a sentence; "" for none."""
    titles = {each.id: each.title.in_language(language()) for each in steps.rubric.every_criterion()}
    left = [
        titles[each.criterion]
        for each in steps.findings
        if each.severity in page.bars and each.criterion not in settled
    ]
    if not left:
        return ""
    words = ngettext(
        "%(count)d criterion is left at a rating that is by itself a finding which keeps the certificate back:"
        " %(criteria)s.",
        "%(count)d criteria are left at ratings that are by themselves findings which keep the certificate back:"
        " %(criteria)s.",
        len(left),
    )
    return words % {"count": len(left), "criteria": listed({"criteria": left, "count": len(left)})}


def raises_table(steps: NextSteps, rated: str) -> dict[str, Any]:
    """For parts/table.html; `rated` is the title of the column with the ratings as they are."""
    numbers = {
        criterion.id: number
        for section in sections_of(steps.rubric)
        for number, criterion in section.criteria
    }
    titles = {each.id: each.title.in_language(language()) for each in steps.rubric.every_criterion()}
    return {
        "caption": _("Ratings to be raised, the smallest raise first"),
        "hide_caption": True,
        "tight": True,
        "columns": [
            {"title": _("Criterion")},
            {"title": rated},
            {"title": _("To be raised to")},
            {"title": _("Points more"), "kind": "number"},
        ],
        "rows": [
            _row(each, f"{numbers[each.criterion]} {titles[each.criterion]}", steps.rubric)
            for each in steps.raises
        ],
    }


def _row(step: Raise, title: str, rubric: Rubric) -> dict[str, Any]:
    named = {"value": title, "note": _as_rated(step.clears) if step.clears else ""}
    cells = [given(rubric, _as_typed(rating, rubric)) for rating in (step.now, step.to)]
    points = {"value": _as_typed(step.points, rubric), "kind": "number"}
    shown = [{"value": each["rating"], "note": each["anchor"]} for each in cells]
    return {"cells": [named, *shown, points]}


def _as_rated(severity: Severity) -> str:
    words = _("as rated now: %(severity)s")
    return words % isolated({"severity": severity_title(severity)})


def _as_typed(rating: Rating, rubric: Rubric) -> str:
    """A word as it is; a number whole where it is, else as the rubric rounds."""
    if isinstance(rating, str):
        return rating
    exact = Fraction(rating)
    return str(exact) if exact.denominator == 1 else plain(rounded(exact, rubric.rounding))
