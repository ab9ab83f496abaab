"""What the public reads of each state of a certificate, for asking the database."""

from __future__ import annotations

from functools import lru_cache

from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.engine.compiled import compiled


@lru_cache(maxsize=64)
def status_words(edition: str) -> dict[str, tuple[PublicStatus, PublicStatus]]:
    """By state of an edition: the public word, and the one that holds once the state's deadline is over."""
    workflow = compiled(edition).workflow
    found = {}
    for name, state in workflow.states.items():
        afterwards = workflow.transitions[state.deadline.then].to if state.deadline else name
        found[name] = (workflow.status_in_public(name), workflow.status_in_public(afterwards))
    return found
