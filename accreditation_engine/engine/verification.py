"""The trail, and the states of all subjects against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from accreditation_engine.definitions.editions import content_hash
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.stored import AT_ONCE
from accreditation_engine.trail.verification import Problem, Tally, verify

from .accounts import accounts
from .compiled import compiled
from .models import Edition, Scheme
from .registry import subject_models
from .states import deadline_of


def verify_all(*, stream: UUID | None = None, tally: Tally | None = None) -> Iterator[Problem]:
    """Every problem of the trail itself, then every subject, row and scheme that does not stand as its events say;
    and, when no stream is named, every edition that is not what it was."""
    yield from verify(stream=stream, tally=tally)
    for model in subject_models():
        subjects = model._default_manager.order_by("pk")
        yield from _states(subjects if stream is None else subjects.filter(pk=stream))
    yield from _gone(stream)
    for each in accounts:
        yield from each(stream)
    yield from _schemes(stream)
    if stream is None:
        yield from _editions()


def _states(subjects: QuerySet[Any]) -> Iterator[Problem]:
    for subject in _with_last_events(subjects).iterator(AT_ONCE):
        if not subject.explained:
            detail = f"it stands in '{subject.state}' and its trail says '{subject.last_state}'"
            yield Problem(subject.pk, subject.state_seq, "state", detail)
        elif not _right_deadline(subject):
            yield Problem(subject.pk, subject.entered_seq, "state", "its deadline is not that of its state")
        if different := _unlike_its_opening(subject):
            yield Problem(subject.pk, 1, "opened", f"it was opened with another {', '.join(different)}")


def _with_last_events(subjects: QuerySet[Any]) -> QuerySet[Any]:
    """Each subject with whether its columns agree with the last event that speaks of a state, and the last
    that entered one."""
    last = Event.objects.filter(stream=OuterRef("pk")).exclude(target="").order_by("-seq")
    entered = last.exclude(source=F("target"))
    agree = Q(state_seq=F("last_seq"), state=F("last_state"), edition=F("last_edition"))
    agree &= Q(entered_seq=F("last_entered_seq"), entered_at=F("last_entered_at"))
    return subjects.annotate(
        last_seq=Subquery(last.values("seq")[:1]),
        last_state=Subquery(last.values("target")[:1]),
        last_edition=Subquery(last.values("edition")[:1]),
        last_entered_seq=Subquery(entered.values("seq")[:1]),
        last_entered_at=Subquery(entered.values("at")[:1]),
        first_body=Subquery(Event.objects.filter(stream=OuterRef("pk"), seq=1).values("body")),
        explained=Case(When(agree, then=Value(True)), default=Value(False)),
    )


def _unlike_its_opening(subject: Any) -> list[str]:
    """What the subject says of itself in other words than its first event does."""
    try:
        opened = json.loads(bytes(subject.first_body or b"{}")).get("data", {})
    except ValueError:
        return []  # no event at all, and named as such already
    return [name for name, value in subject.opening().items() if opened.get(name, value) != value]


def _right_deadline(subject: Any) -> bool:
    """A deadline `on` a date hangs on what is no part of the trail, and is not compared; nor is that of an edition
    that cannot be read, which is a problem of its own."""
    try:
        workflow = compiled(subject.edition_id).workflow
    except (LookupError, ValueError):
        return True
    deadline = workflow.states[subject.state].deadline
    if deadline is not None and deadline.after is None:
        return True
    return bool(subject.deadline_at == deadline_of(subject, workflow))


def _gone(stream: UUID | None) -> Iterator[Problem]:
    """Subjects that were opened and are not there any more."""
    opened = Event.objects.filter(seq=1, source="").exclude(target="").order_by("stream")
    for model in subject_models():
        opened = opened.exclude(Exists(model._default_manager.filter(pk=OuterRef("stream"))))
    for event in (opened if stream is None else opened.filter(stream=stream)).iterator(AT_ONCE):
        yield Problem(event.stream, 1, "state", "what was opened then is not there any more")


def _schemes(stream: UUID | None) -> Iterator[Problem]:
    """Schemes that are open under another edition than was written down."""
    said = Event.objects.filter(stream=OuterRef("stream"), kind="activated").order_by("-seq")
    schemes = Scheme.objects.order_by("pk").annotate(said=Subquery(said.values("edition")[:1]))
    for scheme in schemes if stream is None else schemes.filter(stream=stream):
        if scheme.said != scheme.edition_id:
            detail = f"the scheme {scheme.pk} is open under an edition that no event speaks of"
            yield Problem(scheme.stream, 0, "scheme", detail)


def _editions() -> Iterator[Problem]:
    for edition in Edition.objects.order_by("pk").iterator(AT_ONCE):
        if content_hash(bytes(edition.content)) != edition.pk:
            detail = f"the edition {edition} is not what it was when it was stored"
            yield Problem(edition.pk, 0, "edition", detail)
