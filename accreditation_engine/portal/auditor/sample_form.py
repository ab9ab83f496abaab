"""What an auditor types to have files drawn: read, checked, nothing of it lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.audit_samples import Population
from accreditation_engine.written import kept_text

from .access import Desk

NAMES = ("scheme", "state", "opened_since", "opened_until", "size", "percent")
SIGNS = "%٪ "
LONGEST = 60
PERCENT = 100


@dataclass(frozen=True)
class Asked:
    """What was typed, by field, and what is wrong with it, by field."""

    desk: Desk
    typed: Mapping[str, str]
    wrong: Mapping[str, str]

    @property
    def size(self) -> int | None:
        return int(self.typed["size"]) if self.typed["size"] else None

    @property
    def percent(self) -> int | None:
        return int(self.typed["percent"]) if self.typed["percent"] else None

    def population(self, now: datetime) -> Population:
        """Of a form with nothing wrong."""
        scheme = self.typed["scheme"]
        return Population(
            schemes=(scheme,) if scheme else tuple(sorted(schemes(self.desk))),
            as_of=now,
            state=self.typed["state"],
            opened_since=day_typed(self.typed["opened_since"]),
            opened_until=day_typed(self.typed["opened_until"]),
        )


def schemes(desk: Desk) -> dict[str, str]:
    """The titles of the schemes of files that this desk audits, by name."""
    found = {}
    for edition, name in desk.editions:
        workflow = compiled(edition).workflow
        if workflow.subject == "dossier" and (desk.schemes is None or name in desk.schemes):
            found[name] = workflow.title.in_language(language())
    return found


def states(desk: Desk) -> dict[str, str]:
    """The titles of the states of those schemes, each once."""
    found: dict[str, str] = {}
    for edition, name in reversed(desk.editions):
        workflow = compiled(edition).workflow
        if name in schemes(desk):
            for state, known in workflow.states.items():
                found.setdefault(state, known.title.in_language(language()))
    return found


def asked_in(desk: Desk, query: QueryDict) -> Asked:
    typed = {name: kept_text(query.get(name, ""))[:LONGEST] for name in NAMES}
    typed["percent"] = typed["percent"].strip(SIGNS)
    return Asked(desk, typed, _wrong(desk, typed))


def _wrong(desk: Desk, typed: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    if typed["scheme"] and typed["scheme"] not in schemes(desk):
        wrong["scheme"] = _("You do not audit this scheme. Choose one from the list.")
    if typed["state"] and typed["state"] not in states(desk):
        wrong["state"] = _("There is no such state. Choose one from the list.")
    for name in ("opened_since", "opened_until"):
        if typed[name] and day_typed(typed[name]) is None:
            wrong[name] = _("This is no date. Write it as year-month-day, such as 2026-03-31.")
    return wrong | _wrong_size(typed)


def _wrong_size(typed: Mapping[str, str]) -> dict[str, str]:
    if typed["size"] and typed["percent"]:
        return {"percent": _("Give a number or a share, not both; leave one of them empty.")}
    if not typed["size"] and not typed["percent"]:
        return {"size": _("Say how many files to draw: a number, or a share of a hundred.")}
    if typed["size"] and not 1 <= _whole(typed["size"]) <= 10**6:
        return {"size": _("Write a whole number from 1, such as 10.")}
    if typed["percent"] and not 1 <= _whole(typed["percent"]) <= PERCENT:
        return {
            "percent": _(
                "Write a whole number from 1 to 100, such as 5. One percent is the least, and gives at least one"
                " file."
            )
        }
    return {}


def _whole(written: str) -> int:
    return whole_number(written) or 0


def shown(asked: Asked) -> dict[str, Any]:
    """For audit_samples.html."""
    return {
        "typed": asked.typed,
        "wrong": asked.wrong,
        "schemes": [{"title": "", "options": _options(schemes(asked.desk), asked.typed["scheme"])}],
        "states": [{"title": "", "options": _options(states(asked.desk), asked.typed["state"])}],
    }


def _options(titles: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "title": title, "chosen": value == chosen} for value, title in titles.items()]
