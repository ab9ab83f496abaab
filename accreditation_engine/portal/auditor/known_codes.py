"""Whether what stands in an address is a code that is known here. Anything else was typed by somebody."""

from __future__ import annotations

from collections.abc import Mapping

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.role_words import TITLES
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.identifiers import identifier

from .access import Desk
from .kind_words import KINDS


def known_codes(desk: Desk, asked: Mapping[str, str]) -> dict[str, str]:
    """Of what is asked for, by field, what says nothing but a known code, a day or an identifier."""
    return {name: value for name, value in asked.items() if _is_known(desk, name, value)}


def _is_known(desk: Desk, name: str, value: str) -> bool:
    if name in ("since", "until"):
        return day_typed(value) is not None
    if name in ("stream", "organisation", "actor"):
        return identifier(value) is not None
    if name == "sample":
        return value.isdecimal()
    if name in ("role", "kind"):
        return value in (TITLES if name == "role" else KINDS)
    if name == "scheme":
        return value in {each for _edition, each in desk.editions}
    if name == "transition":
        return any(value in each.transitions for each in _workflows(desk))
    if name == "state":
        return any(value in each.states for each in _workflows(desk))
    return False


def _workflows(desk: Desk) -> list[Workflow]:
    return [compiled(edition).workflow for edition, _name in desk.editions]
