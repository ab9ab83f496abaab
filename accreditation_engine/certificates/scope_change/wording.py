"""The words of the scope that is asked for, each time by an event of its own."""

from __future__ import annotations

from collections.abc import Iterator

from accreditation_engine.dossiers.scope import Scope, unlike
from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import Actor

from .models import ScopeChange

SCOPE_WORDED = "scope_worded"


def write_words(change: ScopeChange, scope: Scope, actor: Person | Actor, role: str) -> None:
    """Into its row, by an event; nothing where these words stand there."""
    if scope == change.wanted:
        return
    record(change.pk, SCOPE_WORDED, actor, role=role, edition=change.edition_id, data=scope.said())
    ScopeChange.objects.filter(pk=change.pk).update(scope_ar=scope.ar, scope_en=scope.en)
    change.scope_ar, change.scope_en = scope.ar, scope.en


def unlike_another(scope: Scope, now: Scope) -> Iterator[Reason]:
    """What is wrong with a scope, as it would be kept, that is to take the place of the one of `now`."""
    yield from unlike(scope)
    if scope == now:
        yield Reason("scope_unchanged", {"field": "ar"})
