"""What the page of the season shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.parts import Parts
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.allocation.rows import load_in_words
from accreditation_engine.portal.dossier.anonymous import organisation_called
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import state_badge
from accreditation_engine.portal.time_left import days_since

from .board import Standing, boards_of
from .chart import bars
from .files import Season
from .late import late_since_of
from .load import Load, loads_in
from .narrowed import files_address

LATE_SHOWN, REVIEWERS_SHOWN = 10, 20
Context = dict[str, Any]


def season_page(person: User) -> Context:
    """The context of portal/season.html. The same number of queries for 3 files as for 7,000."""
    season = Season(person)
    boards, loads = boards_of(season), loads_in(season)
    going_on = [each for board in boards.values() for each in board if not each.final]
    late = sum(each.late for each in going_on)
    return {
        "head": {
            "title": _("Season"),
            "eyebrow": _("The files that you coordinate"),
            "actions": [{"title": _("Papers being made"), "url": reverse("papers")}],
        },
        "today": timezone.localdate(),
        "stats": _stats(sum(each.files for each in going_on), late, loads),
        "late": _late_table(season) if late else None,
        "all_late": files_address(only="late") if late > LATE_SHOWN else "",
        "boards": [_board(name, standings) for name, standings in boards.items()],
        "loads": _load_table(loads),
        "load_chart": _load_chart(loads),
        "all_reviewers": reverse("reviewers") if len(loads) > REVIEWERS_SHOWN else "",
        "nothing": {"sentence": _("No file is open under the schemes that you coordinate.")},
    }


def _stats(open_: int, late: int, loads: Sequence[Load]) -> list[Context]:
    """For parts/stats.html."""
    writing, overdue = sum(each.open_ for each in loads), sum(each.overdue for each in loads)
    return [
        {"title": _("Open files"), "value": open_, "url": files_address(only="open")},
        {
            "title": _("Late files"),
            "value": late,
            "url": files_address(only="late"),
            "tone": "bad" if late else "",
        },
        {"title": _("Reviews being written"), "value": writing, "url": files_address(review="any")},
        {
            "title": _("Overdue reviews"),
            "value": overdue,
            "url": files_address(review="overdue"),
            "tone": "bad" if overdue else "",
        },
    ]


def _late_table(season: Season) -> Context:
    """The latest first. Two queries."""
    files = list(season.latest_first(season.files())[:LATE_SHOWN])
    parts = parts_in_many(season.person, files)
    return {
        "caption": _("Late files"),
        "hide_caption": True,
        "columns": _columns(_("Organisation"), _("File number"), _("State"), _("How late")),
        "rows": [{"cells": _late_cells(each, parts.get(each.pk, Parts()), season)} for each in files],
    }


def _late_cells(dossier: Dossier, parts: Parts, season: Season) -> list[Context]:
    return [
        {
            "value": organisation_called(dossier, parts.known),
            "url": reverse("dossier", args=[dossier.pk]),
            "note": compiled(dossier.edition_id).workflow.title.in_language(language()),
        },
        {"value": dossier.number, "kind": "code"},
        {"badge": state_badge(compiled(dossier.edition_id), dossier.state, outside=False)},
        {"value": days_since(late_since_of(dossier, season.now))},
    ]


def _board(scheme: str, standings: Sequence[Standing]) -> Context:
    """One scheme: its table, and the chart of the same rows."""
    numbered = sorted((each for each in standings if each.files), key=lambda each: each.final)
    empty = [_state_title(each) for each in standings if not each.files and not each.final]
    title = compiled(standings[0].edition).workflow.title.in_language(language())
    return {
        "title": title,
        "table": {
            "caption": title,
            "hide_caption": True,
            "tight": True,
            "columns": [
                {"title": _("State")},
                {"title": _("Files"), "kind": "number"},
                {"title": _("Half are there for")},
                {"title": _("Longest there")},
                {"title": _("Late"), "kind": "number"},
            ],
            "rows": [
                {"cells": _board_cells(scheme, place, each)} for place, each in enumerate(numbered, start=1)
            ],
        },
        "empty": str(_(", ")).join(empty),
        "chart": _chart(
            [(each.files, each.late) for each in numbered],
            _("Files in each state, numbered as in the table; those that are late in red"),
        ),
    }


def _chart(counts: Sequence[tuple[int, int]], title: str) -> Context | None:
    drawn = bars(counts, title)
    return {"title": title, "drawn": drawn} if drawn else None


def _state_title(standing: Standing) -> str:
    return compiled(standing.edition).workflow.states[standing.state].title.in_language(language())


def _board_cells(scheme: str, place: int, standing: Standing) -> list[Context]:
    address = {"scheme": scheme, "state": standing.state}
    return [
        {"value": f"{place}. {_state_title(standing)}", "note": _("finished") if standing.final else ""},
        _counted(standing.files, files_address(**address)),
        {"value": days_since(standing.middle) if standing.middle else ""},
        {"value": days_since(standing.since) if standing.since else ""},
        _counted(standing.late, files_address(**address, only="late")),
    ]


def _counted(count: int, address: str) -> Context:
    return {"value": count, "kind": "number", "url": address if count else ""}


def _load_table(loads: Sequence[Load]) -> Context:
    return {
        "caption": _("Load of the reviewers"),
        "hide_caption": True,
        "tight": True,
        "columns": [
            {"title": _("Reviewer")},
            {"title": _("Reviews being written"), "kind": "number"},
            {"title": _("Due within a week"), "kind": "number"},
            {"title": _("Overdue"), "kind": "number"},
            {"title": _("Under all schemes")},
        ],
        "rows": [
            {"cells": _load_cells(place, each)} for place, each in enumerate(loads[:REVIEWERS_SHOWN], start=1)
        ],
        "empty": {"sentence": _("Nobody reviews under your schemes yet. An administrator grants the role.")},
    }


def _load_chart(loads: Sequence[Load]) -> Context | None:
    title = _("Reviews being written, numbered as in the table; those that are overdue in red")
    return _chart([(each.open_, each.overdue) for each in loads[:REVIEWERS_SHOWN]], title)


def _load_cells(place: int, load: Load) -> list[Context]:
    whose = {"reviewer": load.person.pk}
    return [
        {
            "value": f"{place}. {load.person}",
            "url": reverse("reviewer", args=[load.person.pk]),
            "note": "" if load.holds else _("no longer a reviewer"),
        },
        _counted(load.open_, files_address(**whose, review="any")),
        _counted(load.soon, files_address(**whose, review="soon")),
        _counted(load.overdue, files_address(**whose, review="overdue")),
        {"value": load_in_words(load.all_, load.most)},
    ]


def _columns(*titles: str) -> list[Context]:
    return [{"title": each} for each in titles]
