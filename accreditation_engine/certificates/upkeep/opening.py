"""Asking something of the holder of a certificate."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args

from django.db import transaction
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.standing import standing_of
from accreditation_engine.certificates.status import HELD, public_status
from accreditation_engine.definitions.durations import after
from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.engine.acting import SYSTEM, Actor, Person, actor_of
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.pressed_again import recorded_just_now
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.written import kept_text

from .models import Kind, Upkeep

UPKEEP_SCHEME = "upkeep"
CALL = "call"
USUAL_TIME = "P60D"
"""How long an organisation has that is asked at once and is given no day."""
LONGEST_TIME = "P1Y"


def call_upkeep(
    certificate: Certificate,
    *,
    kind: Kind,
    actor: Person | Actor,
    role: str,
    reason: str,
    due_on: date | None = None,
    because: Mapping[str, Any] | None = None,
) -> Upkeep:
    """Ask it of the organisation at once: by `due_on`, else in `USUAL_TIME` from today.

    `role` is the one in which `actor` asks, which whoever calls this has made sure of; `because` says in its first
    event what it follows from ({"complaint": its id}). Raises Refused where the
    certificate counts no more, without a reason in words, for an unknown kind, and for a day that has passed or
    lies too far off.
    """
    today = timezone.localdate()
    due = due_on or after(today, USUAL_TIME)
    with transaction.atomic():
        locked_row(certificate.dossier)
        standing = Certificate.objects.select_for_update().get(pk=certificate.pk)
        reasons = [*why_over(standing), *_flaws(kind, reason, due)]
        if reasons:
            raise Refused(reasons)
        if (again := _asked_just_now(standing, kind, due, actor, reason)) is not None:
            return again
        opened = Upkeep(
            id=uuid.uuid4(),
            edition_id=current_edition(UPKEEP_SCHEME),
            dossier=certificate.dossier,
            certificate=standing,
            kind=kind,
            call_on=today,
            due_on=due,
        )
        open_subject(opened, actor, role=role, comment=kept_text(reason), data=because)
        perform(opened, CALL, SYSTEM)
    return opened


def _asked_just_now(
    certificate: Certificate, kind: Kind, due: date, actor: Person | Actor, reason: str
) -> Upkeep | None:
    """What the first of two presses asked for. Two queries at most."""
    who = actor_of(actor).id
    said = recorded_just_now("opened", who, kept_text(reason)) if who is not None else []
    asked = Upkeep.objects.filter(
        pk__in=[each.stream for each in said], certificate=certificate, kind=kind, due_on=due
    )
    return asked.first() if said else None


def latest_day() -> date:
    return after(timezone.localdate(), LONGEST_TIME)


def counts(certificate: Certificate) -> bool:
    """Whether something can still be asked of its holder. No query."""
    return public_status(certificate) in HELD


def why_over(certificate: Certificate) -> list[Reason]:
    """None while something can still be asked of its holder. No query."""
    if counts(certificate):
        return []
    facts = {"state": standing_of(certificate), "edition": certificate.edition_id}
    return [Reason("certificate_over", facts)]


def _flaws(kind: str, reason: str, due: date) -> Iterator[Reason]:
    if kind not in get_args(Kind):
        yield Reason("upkeep_without_kind", {"field": "kind"})
    yield from unlike_text(reason, missing="upkeep_without_reason", field="reason")
    yield from day_flaws(due)


def day_flaws(due: date) -> Iterator[Reason]:
    """Why nothing is asked by that day."""
    if due < timezone.localdate():
        yield Reason("upkeep_due_in_the_past", {"date": due.isoformat(), "field": "due_on"})
    if due > latest_day():
        facts = {"date": due.isoformat(), "last": latest_day().isoformat(), "field": "due_on"}
        yield Reason("upkeep_due_too_late", facts)
