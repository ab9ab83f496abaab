"""Refusals of what is no transition, in the trail beside those of transitions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model

from accreditation_engine.trail.content import Actor

from .acting import Person
from .models import Subject
from .reasons import Reason, Refused
from .recording import record


@contextmanager
def written_down(
    subject: Model,
    by: Person | Actor,
    *,
    role: str,
    act: str,
    about: Person | None = None,
    only: Collection[str] = (),
) -> Iterator[None]:
    """What is refused inside the block is an event of `subject` (or of a person, on whom it was tried), with the
    code `act` of what was tried, and is raised on. The block's own transaction stands inside it, so that the event
    stays when that is undone.

    `about` is somebody else whom reasons speak of: their name lies beside the event, as names do, and is in no
    reason. With `only`, codes of reasons, other refusals are raised and not written down."""
    try:
        yield
    except Refused as refused:
        codes = {each.code for each in refused.reasons}
        if not only or codes.intersection(only):
            data = {"act": act, "reasons": [_nameless(each) for each in refused.reasons], **_whom(about)}
            edition = subject.edition_id if isinstance(subject, Subject) else ""
            record(subject.pk, "refused", by, role=role, edition=edition, data=data)
        raise


def _whom(about: Person | None) -> dict[str, str]:
    if about is None:
        return {}
    return {"person": str(about.acting.id), "name_digest": about.acting.name_digest}


def _nameless(reason: Reason) -> dict[str, Any]:
    return {key: value for key, value in reason.as_data().items() if key != "name"}
