"""Whether an edition that is stored would pass `check_definitions` today: what it may speak of grows and changes
with the releases."""

from __future__ import annotations

from functools import lru_cache

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.editions import canonical
from accreditation_engine.definitions.problems import Problem
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow

from .compiled import Compiled, compiled
from .registry import vocabulary


@lru_cache(maxsize=64)
def problems_of(edition: str) -> tuple[Problem, ...]:
    """What is wrong with the workflow edition of this hash and its rubrics; `file` of each is the id of the
    definition, its line means nothing. Half a second for a large scheme, nothing the second time.

    Raises ValueError (LookupError for names that nobody registered) where it cannot even be compiled."""
    scheme = compiled(edition)
    attempts = [attempt_text(text, file=name) for name, text in _texts(scheme)]
    return check_attempts(attempts, vocabulary()).problems


def _texts(scheme: Compiled) -> list[tuple[str, str]]:
    """Canonical JSON is YAML as well."""
    definitions: list[Rubric | Workflow] = [scheme.workflow, *scheme.rubrics.values()]
    return [(each.id, canonical(each).decode()) for each in definitions]
