"""Colours, one pair for each role. Every text stands on a fill of its own, so that the picture is readable on a
light page and on a dark one; lines are of a grey that shows on both."""

from __future__ import annotations

from typing import NamedTuple

from ..workflow import Workflow
from ..workflow_checks import SYSTEM


class Colour(NamedTuple):
    fill: str
    edge: str


INK, GREY, PAPER, ACCENT = "#1f2933", "#7b8794", "#ffffff", "#d9480f"
TAKEN = "#9a3412"
NOBODY = Colour("#eef0f3", "#7b8794")
_PAIRS = (
    Colour("#dceafb", "#2f6fb3"),
    Colour("#fdeccb", "#b7791f"),
    Colour("#dcf3e3", "#2f855a"),
    Colour("#eadffb", "#6b46c1"),
    Colour("#fbdfe6", "#b83260"),
    Colour("#d6f2f2", "#23808a"),
    Colour("#f3e6d8", "#8a5a2b"),
    Colour("#e6ecc9", "#66791a"),
)


def colours(workflow: Workflow) -> dict[str, Colour]:
    """{role: colour} for the roles of the workflow, in the order in which they come in the file."""
    waited = [state.waits_for for state in workflow.states.values()]
    acting = [role for transition in workflow.transitions.values() for role in transition.by]
    roles = [role for role in dict.fromkeys([*waited, *acting]) if role is not None and role != SYSTEM]
    return {role: _PAIRS[index % len(_PAIRS)] for index, role in enumerate(roles)}
