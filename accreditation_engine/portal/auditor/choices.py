"""What can be chosen in the search from lists, and what is chosen now, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.role_words import TITLES, role_title
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.identifiers import identifier

from .access import Desk
from .filters import FIELDS, Filters
from .kind_words import KINDS, kind_title

Group = dict[str, Any]


def field_title(name: str) -> str:
    return {
        "q": _("Words in a comment"),
        "file": _("File number"),
        "organisation": _("Organisation"),
        "actor": pgettext("of an event", "Who"),
        "since": _("First day"),
        "until": _("Last day"),
        "role": _("Role"),
        "kind": _("Kind of event"),
        "transition": _("Step"),
        "state": _("State reached"),
        "scheme": _("Scheme"),
        "stream": _("Events of one thing"),
        "sample": _("Sample for audit"),
    }[name]


def lists(filters: Filters) -> dict[str, list[Group]]:
    """The groups of options of each field that is chosen from a list. No query."""
    workflows = _workflows(filters.desk)
    groups = {
        "role": [_group("", [(name, role_title(name)) for name in TITLES])],
        "kind": [_group("", [(name, kind_title(name)) for name in KINDS])],
        "transition": [_group(_title(each), _transitions(each)) for each in workflows],
        "state": [_group(_title(each), _states(each)) for each in workflows],
        "scheme": [_group("", [(each.id, _title(each)) for each in workflows])],
    }
    for name, found in groups.items():
        _choose(found, filters.asked.get(name, ""))
    return groups


def _workflows(desk: Desk) -> list[Workflow]:
    """The newest edition of each."""
    newest = {name: edition for edition, name in desk.editions}
    return [compiled(edition).workflow for edition in newest.values()]


def _title(workflow: Workflow) -> str:
    return workflow.title.in_language(language())


def _transitions(workflow: Workflow) -> list[tuple[str, str]]:
    return [(name, each.title.in_language(language())) for name, each in workflow.transitions.items()]


def _states(workflow: Workflow) -> list[tuple[str, str]]:
    return [(name, each.title.in_language(language())) for name, each in workflow.states.items()]


def _group(title: str, options: Iterable[tuple[str, str]]) -> Group:
    return {
        "title": title,
        "options": [{"value": value, "title": each, "chosen": False} for value, each in options],
    }


def _choose(groups: list[Group], value: str) -> None:
    """Mark the first option of this value; several workflows can have a state of one name."""
    for group in groups:
        for option in group["options"]:
            if value and option["value"] == value:
                option["chosen"] = True
                return


def chips(filters: Filters, names: dict[UUID, str]) -> list[dict[str, str]]:
    """What is chosen, each with the address of the same search without it. `names` of people and things whose
    identifiers were chosen."""
    return [
        {"field": field_title(name), "value": _in_words(filters, name, names), "url": filters.address(name)}
        for name in FIELDS
        if name in filters.asked
    ]


def _in_words(filters: Filters, name: str, names: dict[UUID, str]) -> str:
    value = filters.asked[name]
    words: dict[str, Callable[[], str]] = {
        "sample": lambda: (
            ngettext("%(count)d file", "%(count)d files", len(filters.drawn)) % {"count": len(filters.drawn)}
        ),
        "role": lambda: role_title(value),
        "kind": lambda: kind_title(value),
        "transition": lambda: _known(filters, value, _transitions),
        "state": lambda: _known(filters, value, _states),
        "scheme": lambda: next(
            (_title(each) for each in _workflows(filters.desk) if each.id == value), value
        ),
    }
    if name in words:
        return words[name]()
    known = identifier(value)
    return names.get(known, value) if known else value


def _known(filters: Filters, value: str, options: Callable[[Workflow], list[tuple[str, str]]]) -> str:
    titles = [title for each in _workflows(filters.desk) for name, title in options(each) if name == value]
    return titles[0] if titles else value
