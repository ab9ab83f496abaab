"""What a certificate and what keeps it alive do to each other, and what a scheme plans when it issues one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Literal

from django.utils import timezone
from pydantic import model_validator

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.definitions.durations import Duration, after, length_of, parts
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.opening import current_edition, open_subjects
from accreditation_engine.engine.perform import perform_many
from accreditation_engine.engine.registry import Taken, effect

from .models import Upkeep
from .opening import UPKEEP_SCHEME
from .subject import END

PLAN, SUSPEND = "plan_upkeep", "suspend_overdue"
HORIZON = "P10Y"
"""Of a certificate without a last day so much is planned, and no more."""


class Plan(Parameters):
    """`kind` is asked `every` so often, for the first time after `first` where that is another time
    than the one from then on, and called for that long before it is due as `call` says. Where it is `public`, the
    register says when it was last satisfied and is due next."""

    kind: Literal["surveillance", "yearly_filing"]
    first: Duration | None = None
    every: Duration
    call: Duration
    public: bool = False

    @model_validator(mode="after")
    def _called_between(self) -> Plan:
        times = [each for each in (self.first, self.every, self.call) if each]
        if any(parts(each)[unit] for each in times for unit in ("hours", "minutes")):
            words = "upkeep falls due on a day; write 'first', 'every' and 'call' without hours"
            raise ValueError(say(words))
        day = date(2001, 1, 1)
        if after(day, self.call) >= after(day, self.every):
            words = "it would be called for before the one before it is due; make 'call' shorter than 'every'"
            raise ValueError(say(words))
        if after(day, self.call) > after(day, self.first or self.every):
            words = (
                "it would be called for before the certificate is issued; make 'call' no longer than 'first'"
            )
            raise ValueError(say(words))
        return self


@effect(PLAN, Plan)
def plan_upkeep(taken: Sequence[Taken], parameters: Plan) -> None:
    """After `issue_certificate`: all that falls due before the last day of the certificate just issued."""
    issued = Certificate.objects.filter(dossier__in=[each.subject.pk for each in taken])
    newest = {each.dossier_id: each for each in issued.order_by("issued_on", "number")}
    edition = current_edition(UPKEEP_SCHEME)
    planned = [
        Upkeep(
            id=uuid.uuid4(),
            edition_id=edition,
            dossier_id=certificate.dossier_id,
            certificate=certificate,
            kind=parameters.kind,
            call_on=call_on,
            due_on=due_on,
        )
        for certificate in newest.values()
        for call_on, due_on in days(certificate.issued_on, certificate.valid_until, parameters)
    ]
    open_subjects(planned, SYSTEM, role=SYSTEM_ROLE)


def days(issued: date, until: date | None, plan: Plan) -> Iterator[tuple[date, date]]:
    """When each is called for, and due: counted from the day of issue, so that none drifts."""
    last, first = until or after(issued, HORIZON), length_of(plan.first or plan.every)
    for number in count():
        due = issued + (first + length_of(plan.every) * number)
        if due >= last:
            return
        yield due - length_of(plan.call), due


@effect("suspend_certificate")
def suspend_certificate(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Those that still count, wherever their edition has the step."""
    now = timezone.now()
    found = Certificate.objects.filter(pk__in=[each.subject.certificate_id for each in taken])
    active = [
        each
        for each in found.order_by("pk")
        if SUSPEND in compiled(each.edition_id).workflow.leaving(each.state)
        and not (each.deadline_at is not None and each.deadline_at <= now)
    ]
    perform_many(active, SUSPEND, SYSTEM)


@effect("end_upkeep")
def end_upkeep(taken: Sequence[Taken], parameters: Parameters) -> None:
    """What is still asked of the holder, and what the holder still asks for, ends with the certificate."""
    for model in (Upkeep, ScopeChange):
        asked = model._default_manager.filter(certificate__in=[each.subject.pk for each in taken])
        open_ = [
            each
            for each in asked.order_by("pk")
            if END in compiled(each.edition_id).workflow.leaving(each.state)
        ]
        perform_many(open_, END, SYSTEM)


def kinds_in_public(scheme: Compiled) -> frozenset[str]:
    """The kinds of which the register speaks."""
    plans = [each for step in scheme.steps.values() for each in step.effects if each.name == PLAN]
    return frozenset(each.parameters.kind for each in plans if each.parameters.public)
