"""What a trial would do to all files that were judged, for the page. The same answer as `manage.py what_if`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.scoring import in_words
from accreditation_engine.scoring.what_if import (
    Change,
    Comparison,
    Flip,
    Margin,
    movement,
    signed,
    threshold_margins,
    weight_margins,
)

from .asked import title_of
from .fields import THRESHOLD, WEIGHT, Number, numbers_of

DIRECTIONS = {True: "good", False: "bad", None: "neutral"}


def stats(found: Comparison) -> list[dict[str, Any]]:
    """For parts/stats.html."""
    ways = [each.better for each in found.changes]
    told = [
        {"title": _("Files judged"), "value": len(found.before.matrix)},
        {"title": _("Outcomes that change"), "value": len(ways)},
        {"title": _("to a better one"), "value": ways.count(True), "tone": "good"},
        {"title": _("to a worse one"), "value": ways.count(False), "tone": "bad"},
    ]
    other = ways.count(None)
    return [*told, *([{"title": _("neither better nor worse"), "value": other}] if other else [])]


def outcome_table(found: Comparison) -> dict[str, Any]:
    """How many files have which outcome before and after, for parts/table.html."""
    counted = found.outcomes()
    names = dict.fromkeys(
        [
            *(each.outcome for each in found.after.rubric.outcomes),
            *(before for before, _after in counted),
            None,
        ]
    )
    rows = []
    for name in names:
        before = sum(count for (one, _two), count in counted.items() if one == name)
        after = sum(count for (_one, two), count in counted.items() if two == name)
        if before or after:
            rows.append({"cells": [{"value": _outcome(found, name)}, _count(before), _count(after)]})
    titles = ((_("Outcome"), ""), (_("Files before"), "number"), (_("Files after"), "number"))
    return {
        "caption": _("Files by outcome"),
        "columns": [{"title": title, "kind": kind} for title, kind in titles],
        "rows": rows,
    }


def changed_files(
    found: Comparison, changes: Iterable[Change], opened: Mapping[str, UUID]
) -> list[dict[str, Any]]:
    """A row for each, with what decided it, and the way to those that are `opened` to the reader, by number."""
    return [_change(found, each, opened) for each in changes]


def _change(found: Comparison, change: Change, opened: Mapping[str, UUID]) -> dict[str, Any]:
    why = found.why(change)
    titles = {True: _("better"), False: _("worse"), None: _("neither")}
    sides = ((found.before.rubric, why.before), (found.after.rubric, why.after))
    before, after = ([in_words(each, rubric, language()) for each in reasons] for rubric, reasons in sides)
    return {
        "number": change.dossier,
        "url": reverse("dossier", args=[opened[change.dossier]]) if change.dossier in opened else "",
        "before": _outcome(found, change.before),
        "after": _outcome(found, change.after),
        "badge": {"title": titles[change.better], "tone": DIRECTIONS[change.better], "icon": "info"},
        "why_before": before,
        "why_after": after,
    }


def moved(found: Comparison) -> list[str]:
    """How the scores move, in words; nothing where no file is complete on both sides."""
    of_all = movement(found)
    if of_all is None:
        return []
    words = _(
        "Scores that rise: %(up)d, that fall: %(down)d, that stay: %(same)d. On average they move by %(mean)s"
        " percentage points."
    )
    counts = {"up": of_all.up, "down": of_all.down, "same": of_all.same}
    told = [words % {**counts, **isolated({"mean": _signed(of_all.mean)})}]
    if of_all.farthest is not None:
        each = of_all.farthest
        words = _("The farthest is that of %(file)s: %(by)s, from %(before)s to %(after)s.")
        percents = {"before": as_text(each.before) + "%", "after": as_text(each.after) + "%"}
        told.append(words % isolated({"file": str(each.dossier), "by": _signed(each.by), **percents}))
    return told


def _signed(number: Decimal) -> str:
    """From left to right, so that its sign stands before a number in Arabic too."""
    return f"\u2066{signed(number)}\u2069"


def differences(found: Comparison) -> list[str]:
    """What was asked then or is asked now only, in words."""
    before, after = found.before.rubric, found.after.rubric
    said = (
        (_("Not rated then, so that no file is complete under this rubric: %(names)s."), after, before),
        (_("Rated then, and not asked any more: %(names)s."), before, after),
    )
    told = []
    for words, one, other in said:
        known = {each.id for each in other.every_criterion()}
        names = [title_of(each.id, one) for each in one.every_criterion() if each.id not in known]
        if names:
            told.append(words % {"names": _("; ").join(names)})
    return told


def margins(found: Comparison, *, criteria: bool) -> dict[str, Any]:
    """How far each number can move before the first outcome changes, for parts/table.html; of `criteria` as well
    as of areas. Those that change one somewhere come first."""
    after = found.after
    numbers = {each.field: each for each in numbers_of(after.rubric)}
    parts = [*after.rubric.every_area(), *(after.rubric.every_criterion() if criteria else ())]
    moved = [
        *(
            (each, numbers[f"{WEIGHT}-{each.name}"])
            for each in weight_margins(after, [each.id for each in parts])
        ),
        *((each, numbers[f"{THRESHOLD}-{each.name}"]) for each in threshold_margins(after)),
    ]
    moved.sort(key=lambda each: each[0].down is None and each[0].up is None)
    rows = [_margin(each, number) for each, number in moved]
    titles = (_("Weight or threshold"), _("Now"), _("Can go down to"), _("Can go up to"))
    return {
        "caption": _("How far each number can move before the first outcome changes"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": rows,
    }


def _margin(margin: Margin, number: Number) -> dict[str, Any]:
    low, high = margin.searched or (None, None)
    ends = (_flip(margin.down, low, number.unit), _flip(margin.up, high, number.unit, searched=True))
    now = {"value": as_text(margin.now) + number.unit}
    return {"cells": [{"value": number.full_title}, now, *ends]}


def _flip(flip: Flip | None, end: Decimal | None, unit: str, *, searched: bool = False) -> dict[str, Any]:
    """`end` is where the search ended: at the least there can be, or, where it was only `searched` so far,
    somewhere that is no limit."""
    if flip is not None:
        values = {"at": as_text(flip.at) + unit, "file": str(flip.dossiers[0])}
        words = _("At %(at)s other outcomes begin; files: %(count)d, the first %(file)s")
        note = words % {**isolated(values), "count": len(flip.dossiers)}
        return {"value": as_text(flip.safe) + unit, "note": note}
    if end is not None and searched:
        words = _("nothing changes up to %(number)s") % isolated({"number": as_text(end) + unit})
        return {"value": words, "note": _("not searched further")}
    if end is not None:
        return {"value": as_text(end) + unit, "note": _("nothing changes on the way")}
    return {"value": _("any number"), "note": _("nothing changes on the way")}


def _outcome(found: Comparison, name: str | None) -> str:
    known = [*found.after.rubric.outcomes, *found.before.rubric.outcomes]
    titles: Mapping[str | None, str] = {
        each.outcome: each.title.in_language(language()) for each in reversed(known)
    }
    return titles.get(name, _("no outcome"))


def _count(count: int) -> dict[str, Any]:
    return {"value": count, "kind": "number"}
