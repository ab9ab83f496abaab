"""Whether every part that an open scheme gives somebody to play is played by anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import DatabaseError

from accreditation_engine.definitions.problems import Problem
from accreditation_engine.definitions.reading import Document
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.workflow import Workflow

from .acting import SYSTEM_ROLE
from .models import Scheme
from .registry import roles


def roles_nobody_holds(documents: Iterable[Document]) -> Iterator[Problem]:
    """A problem for each role that a workflow names in `by` and nobody holds here.

    Only for schemes that are open in this database: before that there is nothing to hold a role for. Without
    a database there is nothing to say.
    """
    try:
        opened = set(Scheme.objects.values_list("name", flat=True))
    except DatabaseError:
        return
    for document in documents:
        if isinstance(document.definition, Workflow) and document.definition.id in opened:
            yield from _unheld(document, document.definition)


def _unheld(document: Document, workflow: Workflow) -> Iterator[Problem]:
    named: dict[str, str] = {}
    for name, transition in workflow.transitions.items():
        for role in transition.by:
            named.setdefault(role, name)
    for role, transition_name in named.items():
        if role != SYSTEM_ROLE and role in roles and not roles[role].holders(workflow.id).exists():
            line = document.line("transitions", transition_name, "by")
            words = "nobody holds the role '{role}', so nobody could take '{step}'; grant it to somebody"
            yield Problem(document.file, line, say(words, role=role, step=transition_name))
