"""The picture in words, for those who hear it."""

from __future__ import annotations

from ..workflow import Workflow
from .frame import Frame


def described(workflow: Workflow, frame: Frame) -> str:
    """One sentence for each state: for whom it waits, and which transition leads where."""
    return " ".join(_sentence(name, workflow, frame) for name in workflow.states)


def _sentence(name: str, workflow: Workflow, frame: Frame) -> str:
    state = workflow.states[name]
    title = state.title.in_language(frame.language)
    if state.final:
        return f"{title}: {frame.say('مرحلة ختامية', 'final')}."
    waits = (
        f"{frame.say('في انتظار', 'waits for')} {frame.called(state.waits_for)}; " if state.waits_for else ""
    )
    arrow = frame.say("ينقل إلى", "leads to")
    ways = "; ".join(
        f"{each.title.in_language(frame.language)} {arrow} "
        f"{workflow.states[each.to].title.in_language(frame.language)}"
        for each in workflow.leaving(name).values()
        if each.to in workflow.states
    )
    return f"{title}: {waits}{ways}."
