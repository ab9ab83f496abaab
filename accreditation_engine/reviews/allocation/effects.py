"""Drawing reviewers as a step of the workflow asks."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationInfo, model_validator

from accreditation_engine.definitions.said import listed, say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.registry import Taken, effect
from accreditation_engine.reviews.queue.places import CHOSEN

from .drawing import draw_at_step

ALLOCATE = "allocate_reviewers"


class AllocateReviewers(Parameters):
    """It takes no parameters; the section `reviewing` says how many are drawn, and what the draw sees to."""

    @model_validator(mode="after")
    def _something_to_draw_for(self, info: ValidationInfo) -> AllocateReviewers:
        workflow: Workflow | None = (info.context or {}).get("workflow")
        if workflow is None:
            return self
        if workflow.reviewing is None:
            words = (
                "there is no place to draw reviewers for; add 'reviewing: {example}', or remove '{effect}'"
            )
            raise ValueError(say(words, example="{places: 2}", effect=ALLOCATE))
        for name, step in workflow.transitions.items():
            if ALLOCATE in {each.name for each in step.then} and not _chosen_in(workflow, step.to):
                words = (
                    "'{step}' leads to '{state}', where no reviewers are chosen: no step that leaves it asks for"
                    " {guards}; draw them at a step before, or remove '{effect}'"
                )
                guards = listed(sorted(CHOSEN))
                raise ValueError(say(words, step=name, state=step.to, guards=guards, effect=ALLOCATE))
        return self


def _chosen_in(workflow: Workflow, state: str) -> bool:
    return any(rule.name in CHOSEN for step in workflow.leaving(state).values() for rule in step.requires)


@effect(ALLOCATE, AllocateReviewers)
def allocate_reviewers(taken: Sequence[Taken], parameters: AllocateReviewers) -> None:
    """One draw for each subject, one after the other: each counts what those before have given."""
    for each in taken:
        draw_at_step(dossier=each.subject, step=each.event.seq)
