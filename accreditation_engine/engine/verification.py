"""The trail, and the states of all subjects against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from accreditation_engine.trail.models import Event
from accreditation_engine.trail.stored import AT_ONCE
from accreditation_engine.trail.verification import Problem, Tally, verify

from .models import Subject
from .registry import subject_models


def verify_all(*, stream: UUID | None = None, tally: Tally | None = None) -> Iterator[Problem]:
    """Every problem of the trail itself, then every subject whose state is not what its last event says."""
    yield from verify(stream=stream, tally=tally)
    for model in subject_models():
        yield from _states(model, stream)


def _states(model: type[Subject], stream: UUID | None) -> Iterator[Problem]:
    for subject in _with_last_event(model, stream).iterator(AT_ONCE):
        said = (subject.last_seq, subject.last_state, subject.last_edition)
        if said != (subject.state_seq, subject.state, subject.edition_id):
            detail = f"it stands in '{subject.state}', its trail says '{subject.last_state}'"
            yield Problem(subject.pk, subject.state_seq, "state", detail)


def _with_last_event(model: type[Subject], stream: UUID | None) -> QuerySet[Any]:
    last = Event.objects.filter(stream=OuterRef("pk")).exclude(target="").order_by("-seq")
    rows: QuerySet[Any] = model._default_manager.order_by("pk").annotate(
        last_seq=Subquery(last.values("seq")[:1]),
        last_state=Subquery(last.values("target")[:1]),
        last_edition=Subquery(last.values("edition")[:1]),
    )
    return rows if stream is None else rows.filter(pk=stream)
