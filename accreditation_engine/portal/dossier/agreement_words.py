"""How far reviewers agree, as every page says it: a figure with what it was made from and how it is to be read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Area, Criterion
from accreditation_engine.engine.isolates import POP
from accreditation_engine.reviews.agreement import RubricAgreement
from accreditation_engine.scoring.agreement import (
    Figure,
    allows_in_words,
    cautions_in_words,
    name_of,
    reliability,
    verdict_in_words,
    why_no_interval,
    why_undefined,
)
from accreditation_engine.scoring.agreement.words import shown_number

from .reader import language

PLACES = 2
FROM_LEFT, UNBROKEN = "\u2066", "\u00a0"


def figure_in_words(found: RubricAgreement) -> dict[str, Any]:
    """For parts/agreement.html: the figure of all criteria under a rubric; `short` is what it says in a line."""
    whole, tongue = found.whole, language()
    allows = reliability(whole)
    undefined = why_undefined(whole, tongue)
    return {
        "id": found.rubric.id,
        "title": found.rubric.title.in_language(tongue),
        "short": _("Agreement is undefined") if undefined else allows_in_words(whole, tongue),
        "stats": _stats(whole),
        "undefined": _("Agreement is undefined, because %(why)s.") % {"why": undefined} if undefined else "",
        "allows": verdict_in_words(whole, tongue),
        "tone": "success" if allows == "reliable" else "warning",
        "cautions": cautions_in_words(whole, tongue),
        "words": found.words,
        "elsewhere": found.elsewhere,
    }


def _stats(figure: Figure) -> list[dict[str, Any]]:
    """For parts/stats.html."""
    limits = _interval(figure)
    why = why_no_interval(figure, language())
    without = _("without a confidence interval: %(why)s") % {"why": why} if why else ""
    note = _("95%% confidence: %(limits)s") % {"limits": limits} if limits else without
    return [
        {"title": name_of(figure, language()), "value": _value(figure), "note": note},
        {"title": _("Units rated by two or more"), "value": figure.units},
        {"title": _("Reviewers"), "value": figure.raters},
        {"title": _("Ratings compared"), "value": figure.values},
    ]


def figures_table(caption: str, first: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """For parts/table.html; each row begins with what its figure is of, and goes on with its `cells`."""
    numbers = (_("Agreement"), _("Confidence interval"), _("Units"), _("Reviewers"), _("Ratings"))
    return {
        "caption": caption,
        "hide_caption": True,
        "tight": True,
        "columns": [{"title": first}, *({"title": each, "kind": "number"} for each in numbers)],
        "rows": rows,
    }


def named(number: str, part: Area | Criterion) -> dict[str, Any]:
    return {"value": f"{number}{'.' if isinstance(part, Area) else ''} {part.title.in_language(language())}"}


def cells(figure: Figure) -> list[dict[str, Any]]:
    return [
        {"value": _value(figure), "kind": "number", "note": _remark(figure)},
        {"value": _interval(figure), "note": _why_no_interval(figure)},
        *({"value": each, "kind": "number"} for each in (figure.units, figure.raters, figure.values)),
    ]


def _value(figure: Figure) -> str:
    return _("undefined") if figure.value is None else shown_number(figure.value, PLACES)


def _interval(figure: Figure) -> str:
    found = figure.interval
    if found is None:
        return ""
    low, high = (shown_number(each, PLACES) for each in (found.low, found.high))
    return f"{FROM_LEFT}{low}{UNBROKEN}–{UNBROKEN}{high}{POP}"


def _why_no_interval(figure: Figure) -> str:
    """Unless a remark on the figure says it already."""
    said = figure.no_interval in ("few_units", "no_disagreement")
    return "" if said else why_no_interval(figure, language())


def _remark(figure: Figure) -> str:
    """Why there is no figure, or in a few words why it is to be read with care."""
    if figure.undefined:
        return why_undefined(figure, language())
    short = {
        "few_units": _("few units"),
        "narrow_range": _("narrow range"),
        "one_value_dominates": _("one rating dominates"),
        "no_disagreement": _("no disagreement seen"),
    }
    return _(", ").join(short.get(each.code, each.code) for each in figure.cautions)
