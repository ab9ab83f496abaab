"""Whether the section `reviewing` of a workflow asks for something that can be done."""

from __future__ import annotations

from collections.abc import Iterator

from .problems import Flaw, instead
from .vocabulary import Vocabulary
from .workflow import Workflow


def check_reviewing(workflow: Workflow, vocabulary: Vocabulary) -> Iterator[Flaw]:
    """Only those who judge declare interests, and each role is named once."""
    if workflow.reviewing is None:
        return
    judging, seen = vocabulary.reviewing | vocabulary.deciding, set[str]()
    for index, role in enumerate(workflow.reviewing.declare):
        path = ("reviewing", "declare", index)
        if role not in vocabulary.roles:
            yield Flaw(path, f"unknown role '{role}'; {instead(role, judging)}")
        elif role not in judging:
            known = ", ".join(sorted(judging))
            yield Flaw(path, f"'{role}' judges nothing, so it declares nothing; roles that judge: {known}")
        if role in seen:
            yield Flaw(path, f"'{role}' stands twice in 'declare'; remove one")
        seen.add(role)
