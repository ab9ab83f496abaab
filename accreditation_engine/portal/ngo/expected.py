"""What an organisation's own ratings come to, and what is missing for the next better outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.rubric import Outcome, Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import answers_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.visibility import shows
from accreditation_engine.portal.dossier.next_outcome import next_better, not_met, raises_table
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Key
from accreditation_engine.portal.dossier.scores import sheet_shown
from accreditation_engine.portal.dossier.ways import way_from
from accreditation_engine.reviews.barring import barring
from accreditation_engine.reviews.first_assessments import first_assessments
from accreditation_engine.scoring import (
    Rating,
    RatingProblems,
    ScoreSheet,
    parse_ratings,
    score_sheet,
)
from accreditation_engine.scoring.next_steps.words import way_in_words

from .asked import asked_of_areas


def expected_sheets(reader: Reader) -> list[dict[str, Any]]:
    """One for each rubric under which something is answered. One query, and two for each rubric that asks for
    growth."""
    given = {key: each.rating for key, each in answers_of(reader.dossier).items() if each.rating}
    sheets = []
    for rubric in reader.scheme.rubrics.values():
        if ratings := own_ratings(rubric, given):
            first = _first_sheet(reader.dossier, rubric)
            sheet = score_sheet(rubric, ratings, first_assessment=first)
            sheets.append(_expected(reader, sheet, first))
    return sheets


def own_ratings(rubric: Rubric, given: Mapping[Key, str]) -> dict[str, Rating]:
    """What the organisation gave itself under `rubric`; without what an edition that came since does not take."""
    found: dict[str, Rating] = {}
    for (asked, criterion), typed in given.items():
        if asked == rubric.asked_as:
            try:
                found |= parse_ratings(rubric, {criterion: typed})
            except RatingProblems:
                continue
    return found


def _first_sheet(dossier: Dossier, rubric: Rubric) -> ScoreSheet | None:
    """What growth is counted from, once the organisation is shown what its earlier file scored."""
    if not rubric.asks_growth:
        return None
    first = first_assessments([dossier.pk], rubric.id).get(dossier.pk)
    if first is None or not shows(Dossier.objects.get(pk=first.dossier), {"applicant"}, "scores"):
        return None
    return first.sheet


def _expected(reader: Reader, sheet: ScoreSheet, first: ScoreSheet | None) -> dict[str, Any]:
    better = next_better(sheet)
    aim = better or (None if sheet.complete else _least_aim(sheet.rubric))
    asked = asked_of_areas(sheet.rubric, aim) if aim else ()
    shown = {
        "id": f"rubric-{sheet.rubric.id}",
        **sheet_shown(sheet, asked),
        "line": aim.title.in_language(language()) if aim and asked else "",
        "open": _open(sheet),
        "so_far": "" if sheet.complete else _answered(sheet),
        "open_url": reverse("self_assessment", args=[reader.dossier.pk]) + "#missing",
        "better": better.title.in_language(language()) if better else "",
        "against": [],
    }
    if not sheet.complete:
        return shown
    edition = reader.dossier.edition_id
    steps = way_from(edition, sheet, first, clear_of=barring(edition))
    return {
        **shown,
        "against": not_met(sheet, first),
        "way": way_in_words(steps, language()),
        "raises": raises_table(steps, _("Your own rating")) if steps.raises else None,
    }


def _least_aim(rubric: Rubric) -> Outcome | None:
    """What to aim at while there is no outcome yet: the lowest that asks for something."""
    return next((each for each in reversed(rubric.outcomes) if each.when is not None), None)


def _answered(sheet: ScoreSheet) -> str:
    every = len(list(sheet.rubric.every_criterion()))
    counted = {"answered": every - len(sheet.missing), "all": every}
    return _("Criteria answered: %(answered)s of %(all)s") % isolated(counted)


def _open(sheet: ScoreSheet) -> str:
    """How many answers are missing before there is an outcome, in a sentence; "" for none."""
    count = len(sheet.missing)
    words = ngettext(
        "%(count)d criterion is not answered yet. Until then the score covers what is answered, and there is no"
        " outcome.",
        "%(count)d criteria are not answered yet. Until then the score covers what is answered, and there is no"
        " outcome.",
        count,
    )
    return words % {"count": count} if count else ""
