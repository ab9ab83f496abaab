"""A workflow cut down to the road of one file: narrow enough for a phone."""

from __future__ import annotations

from collections.abc import Collection

from ..workflow import Workflow
from .road import Road


def along(workflow: Workflow, road: Road, states: Collection[str]) -> Workflow:
    """`workflow` with nothing but `states` and the steps of `road`, each from where it was taken."""
    taken = {
        name: tuple(source for source in each.from_ if road.taken(source, name))
        for name, each in workflow.transitions.items()
    }
    return workflow.model_copy(
        update={
            "states": {name: each for name, each in workflow.states.items() if name in states},
            "transitions": {
                name: each.model_copy(update={"from_": taken[name]})
                for name, each in workflow.transitions.items()
                if taken[name]
            },
        }
    )
