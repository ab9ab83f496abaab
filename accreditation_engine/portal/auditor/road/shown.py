"""The road of a file as tables and as a drawing, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.definitions.drawing import Road, draw
from accreditation_engine.definitions.workflow import State
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import TITLES
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.portal.auditor.timeline import actor_shown
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told

from .spent import spent_in_words
from .stays import Stay, taken

Table = dict[str, Any]


def drawing(
    scheme: Compiled, moved: Sequence[Event], found: Sequence[Stay], *, alone: bool = False
) -> SafeString:
    """The workflow with the road laid over it, or the road `alone`. What comes from a definition was escaped while
    it was drawn."""
    states, same = scheme.workflow.states, defaultdict[str, list[Stay]](list)
    for each in found:
        same[each.state].append(each)
    steps = [(each.source, each.transition) for each in taken(moved)]
    road = Road(
        steps, {name: _notes(stays, scheme.workflow.states.get(name)) for name, stays in same.items()}
    )
    return SafeString(
        draw(
            scheme.workflow,
            language="en" if language().startswith("en") else "ar",
            current=found[-1].state if found and found[-1].state in states else None,
            visited=same.keys(),
            roles={name: str(title) for name, title in TITLES.items()},
            road=road,
            alone=alone,
        )
    )


def _notes(same: Sequence[Stay], state: State | None) -> list[str]:
    lines = [] if state and state.final else [_total(same)]
    if len(same) > 1:
        lines.insert(0, _times(len(same)))
    if any(each.deadline == "passed" for each in same):
        lines.append(_("deadline passed"))
    return lines


def _total(found: Sequence[Stay]) -> str:
    return spent_in_words(sum((each.lasted for each in found), timedelta(0)))


def _times(count: int) -> str:
    return ngettext("%(count)d stay", "%(count)d stays", count) % isolated({"count": count})


def by_state(found: Sequence[Stay]) -> Table:
    """For parts/table.html: every state that was entered, in the order of its first time."""
    titles: dict[str, list[Stay]] = {}
    for each in found:
        titles.setdefault(state_title(each.entered.edition, each.state), []).append(each)
    columns = (_("State"), ""), (_("Stays"), "number"), (_("Time in all"), ""), (_("Deadlines"), "")
    return {
        "caption": _("State by state"),
        "hide_caption": True,
        "columns": [{"title": title, "kind": kind} for title, kind in columns],
        "rows": [
            {
                "cells": [
                    {"value": title, "note": _("here now") if same[-1].left is None else ""},
                    {"value": len(same), "kind": "number"},
                    {"value": _total(same)},
                    {"value": _deadlines(same)},
                ]
            }
            for title, same in titles.items()
        ],
    }


def _deadlines(same: Sequence[Stay]) -> str:
    bound = [each for each in same if each.due]
    passed = sum(each.deadline == "passed" for each in bound)
    if not bound:
        return _("no deadline")
    if passed:
        words = ngettext("passed in %(passed)d of %(all)d", "passed in %(passed)d of %(all)d", passed)
        return words % isolated({"passed": passed, "all": len(bound)})
    return _("not passed")


def stay_by_stay(found: Sequence[Stay]) -> Table:
    """For parts/table.html, in order. Two queries; one more where something was erased."""
    lefts = {each.event.seq: actor_shown(each) for each in told([each.left for each in found if each.left])}
    columns = (
        _("State"),
        _("Entered"),
        _("Left"),
        _("Time"),
        _("Step that left it"),
        _("By whom"),
        _("Deadline"),
    )
    return {
        "caption": _("Stay by stay"),
        "hide_caption": True,
        "columns": [{"title": title} for title in columns],
        "rows": [{"cells": _cells(each, lefts)} for each in found],
    }


def _cells(stay: Stay, lefts: dict[int, dict[str, str]]) -> list[dict[str, Any]]:
    left = stay.left
    who = lefts[left.seq] if left else {"actor": "", "role": ""}
    return [
        {"value": state_title(stay.entered.edition, stay.state)},
        {"value": stay.entered.at, "kind": "moment"},
        {"value": left.at, "kind": "moment"} if left else {"value": _("here now")},
        {"value": spent_in_words(stay.lasted)},
        {"value": _numbered(stay.left_as, left)} if left else {"value": ""},
        {"value": who["actor"], "note": who["role"]},
        _deadline(stay.deadline, stay.due),
    ]


def _numbered(number: int, left: Event) -> str:
    title = transition_title(left.edition, left.transition)
    return _("%(number)s. %(title)s") % isolated({"number": number, "title": title})


def _deadline(verdict: str, due: datetime | None) -> dict[str, Any]:
    if not verdict or due is None:
        return {"value": _("no deadline")}
    words = {
        "kept": _("deadline kept"),
        "passed": _("deadline passed"),
        "ahead": _("deadline still ahead"),
    }[verdict]
    return {"value": due, "kind": "moment", "note": words}
