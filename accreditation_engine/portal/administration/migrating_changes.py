"""What would change for the files that come under another edition: when their stages end, and what they score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.migrating import new_deadline
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.reviews.other_edition import Rescored, rescored

Context = dict[str, Any]
NAMED = 100
"""Files whose deadlines are named."""
TENTH = Decimal("0.1")


def would_change(moving: Sequence[Any], edition: str) -> Context:
    """`deadlines` and `scores` for parts/table.html, None where nothing changes; `more_deadlines` counts those
    that are not named. At most one query, and one for each rubric that asks for growth."""
    if not moving:
        return {"deadlines": None, "more_deadlines": 0, "scores": None}
    to = compiled(edition)
    ends = [(each, each.deadline_at, new_deadline(each, to)) for each in moving]
    other = [(file, now, then) for file, now, then in ends if now != then]
    return {
        "deadlines": _deadlines(other[:NAMED]) if other else None,
        "more_deadlines": max(0, len(other) - NAMED),
        "scores": _scores(rescored(moving, to)),
    }


def _deadlines(moved: Sequence[tuple[Any, datetime | None, datetime | None]]) -> Context:
    titles = (_("File"), _("State"), _("Ends now"), _("Would end"), _("By how much"))
    return {
        "caption": _("Stages that would end on another day"),
        "hide_caption": True,
        "columns": [{"title": each} for each in titles],
        "rows": [{"cells": _cells(*each)} for each in moved],
    }


def _cells(file: Any, now: datetime | None, then: datetime | None) -> list[Context]:
    return [
        {"value": file.number, "kind": "code", "note": file.organisation.name_in(language())},
        {"value": state_title(file.edition_id, file.state)},
        _end(now),
        _end(then),
        {"value": _by_how_much(now, then)},
    ]


def _end(at: datetime | None) -> Context:
    return {"value": _("no end")} if at is None else {"value": at, "kind": "day"}


def _by_how_much(now: datetime | None, then: datetime | None) -> str:
    if now is None or then is None:
        return ""
    days = (timezone.localdate(then) - timezone.localdate(now)).days
    if not days:
        return _("later or earlier on the same day")
    if days > 0:
        return ngettext("%(count)d day later", "%(count)d days later", days) % {"count": days}
    return ngettext("%(count)d day earlier", "%(count)d days earlier", -days) % {"count": -days}


def _scores(found: Sequence[Rescored]) -> Context | None:
    """Of all files together: whoever administers a scheme reads no file's score by that."""
    if not found:
        return None
    columns = (
        {"title": _("Rubric")},
        {"title": _("Files with a score"), "kind": "number"},
        {"title": _("Mean now"), "kind": "number"},
        {"title": _("Mean then"), "kind": "number"},
        {"title": _("Change of each, in points")},
        {"title": _("Another outcome"), "kind": "number"},
    )
    return {
        "caption": _("Scores that would be other ones"),
        "hide_caption": True,
        "columns": columns,
        "rows": [{"cells": _score_cells(each)} for each in found],
    }


def _score_cells(found: Rescored) -> list[Context]:
    return [
        {"value": found.rubric.title.in_language(language())},
        {"value": len(found.before), "kind": "number"},
        {"value": _mean(found.before), "kind": "percent"},
        {"value": _mean(found.after), "kind": "percent"},
        {"value": _range(found.changes)},
        {"value": found.other_outcomes, "kind": "number"},
    ]


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(TENTH)


def _range(changes: Sequence[Decimal]) -> str:
    if not changes:
        return _("none")
    least, most = (f"{each.quantize(TENTH):+}" for each in (min(changes), max(changes)))
    if least == most:
        return isolate(least)
    return _("%(least)s to %(most)s") % isolated({"least": least, "most": most})
