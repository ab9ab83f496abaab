"""Bringing a new subject into its workflow: its first event, then its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accreditation_engine.trail.append import append_to
from accreditation_engine.trail.content import Actor, Entry
from accreditation_engine.trail.rows import insert

from .acting import Person, actor_of
from .compiled import compiled
from .models import Scheme
from .reasons import Reason, Refused
from .states import enter, reckoned


def current_edition(scheme: str) -> str:
    """The hash of the edition under which new subjects of `scheme` are opened. Raises Refused without one."""
    edition = Scheme.objects.filter(pk=scheme).values_list("edition_id", flat=True).first()
    if edition is None:
        raise Refused([Reason("scheme_not_open", {"scheme": scheme})])
    return edition


def open_subject(
    subject: Any,
    actor: Person | Actor,
    *,
    role: str,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> Any:
    """Save the new `subject`, whose `edition_id` and own fields are set, in its workflow's first state."""
    return open_subjects([subject], actor, role=role, comment=comment, data=data)[0]


def open_subjects(
    subjects: Sequence[Any],
    actor: Person | Actor,
    *,
    role: str,
    comment: str = "",
    data: Mapping[str, Any] | None = None,
) -> Sequence[Any]:
    """The same for many subjects of one model; two statements, however many they are."""
    if not subjects:
        return subjects
    entries = [_opened(subject, actor_of(actor), role, comment, data or {}) for subject in subjects]
    with transaction.atomic():
        for subject, event in zip(subjects, append_to({}, entries), strict=True):
            enter(subject, event, compiled(subject.edition_id).workflow)
        insert(type(subjects[0]), subjects)
    for subject in subjects:
        subject._state.adding, subject._state.db = False, "default"
    return subjects


def _opened(subject: Any, actor: Actor, role: str, comment: str, data: Mapping[str, Any]) -> Entry:
    workflow = compiled(subject.edition_id).workflow
    kept = reckoned(subject, workflow, workflow.initial, timezone.now())
    return Entry(
        stream=subject.pk,
        kind="opened",
        actor=actor,
        role=role,
        edition=subject.edition_id,
        target=workflow.initial,
        comment=comment,
        data={**subject.opening(), **data, **kept},
    )
