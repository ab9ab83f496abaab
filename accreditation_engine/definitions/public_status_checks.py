"""Whether strangers learn of every state of a certificate what it is worth, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from .problems import Flaw
from .public_status import PUBLIC_STATUSES, follows_from
from .said import listed, say
from .vocabulary import Vocabulary
from .workflow import Workflow


def check_public_status(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    words = vocabulary.subjects.get(workflow.subject)
    if words is None:
        return
    for name, state in workflow.states.items():
        if state.public_status is not None and not words.stands_in_public:
            said = "of '{subject}' strangers learn nothing; remove 'public_status'"
            yield Flaw(("states", name, "public_status"), say(said, subject=workflow.subject))
        if words.stands_in_public and follows_from(name, state.public_status) is None:
            said = (
                "strangers do not learn what '{state}' means; add 'public_status: ...' with one of: {names}"
            )
            yield Flaw(("states", name), say(said, state=name, names=listed(PUBLIC_STATUSES)))
