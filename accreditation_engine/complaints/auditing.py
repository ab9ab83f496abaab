"""A special audit of the organisation's certificate, called for by the step that upholds a concern.

The guard `special_audit_possible` says beforehand whether there is a certificate to audit and whether the day that
was typed can be; the effect `call_special_audit` asks it of the organisation, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db.models import OuterRef
from django.utils import timezone
from pydantic import model_validator

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.upkeep.opening import USUAL_TIME, call_upkeep, counts, day_flaws
from accreditation_engine.definitions.durations import Duration, after, parts
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.facts import Rows, moment_of
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.registry import Case, Taken, Verdict, effect, guard

from .models import Complaint

AUDIT = "call_special_audit"
AUDIT_CALLED = "complaint_audit_called"
DUE_ON = "due_on"
"""What a step that calls for an audit keeps in its event: the day by which it is to be answered, where one was
typed."""


class Audit(Parameters):
    """How long the organisation has where nobody types a day."""

    shorthand: ClassVar[str | None] = "within"
    within: Duration = USUAL_TIME

    @model_validator(mode="after")
    def _whole_days(self) -> Audit:
        if any(parts(self.within)[unit] for unit in ("hours", "minutes")):
            raise ValueError(say("a special audit is due on a day; write 'within' without hours"))
        return self


def _certificates(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    held = Certificate.objects.filter(
        dossier__organisation=OuterRef(model.organisation_path), dossier__scheme=OuterRef(model.scheme_path)
    )
    return {"held": Rows(held.order_by("pk"), "edition_id", "state", "deadline_at")}


@guard("special_audit_possible", facts=_certificates)
def special_audit_possible(case: Case, parameters: Parameters) -> Verdict:
    """The organisation holds a certificate that counts, and the day that was typed can be."""
    return Verdict(tuple(_against(case)))


def _against(case: Case) -> Iterator[Reason]:
    if not any(_counts(each) for each in case.facts["held"]):
        yield Reason("nothing_to_audit")
    typed = str(case.attempt.data.get(DUE_ON, ""))
    day = _day(typed)
    if typed and day is None:
        yield Reason("upkeep_no_day", {"typed": typed[:40], "example": "2027-03-31", "field": DUE_ON})
    if day is not None:
        yield from day_flaws(day)


def _counts(row: Mapping[str, Any]) -> bool:
    """As the effect counts it, by the one rule for what can still be asked of a holder."""
    ends = row["deadline_at"]
    return counts(
        Certificate(
            edition_id=row["edition_id"],
            state=row["state"],
            deadline_at=None if ends is None else moment_of(ends),
        )
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@effect(AUDIT, Audit)
def call_special_audit(taken: Sequence[Taken], parameters: Audit) -> None:
    """Ask it of the organisation, with what was said of the step as its reason. The events of both name each
    other."""
    for each in taken:
        _call(each, parameters)


def _call(taken: Taken, parameters: Audit) -> None:
    complaint = taken.subject
    certificate = certificate_to_audit(complaint)
    if certificate is None:
        raise Refused([Reason("nothing_to_audit")])
    actor, role = taken.actor, taken.attempt.role
    audit = call_upkeep(
        certificate,
        kind="special_audit",
        actor=actor,
        role=role,
        reason=taken.attempt.comment,
        due_on=_day(str(taken.attempt.data.get(DUE_ON, "")))
        or after(timezone.localdate(), parameters.within),
        because={"complaint": str(complaint.pk)},
    )
    Complaint.objects.filter(pk=complaint.pk).update(audit=audit)
    complaint.audit = audit
    said = {"upkeep": str(audit.pk), "certificate": str(certificate.pk), DUE_ON: audit.due_on.isoformat()}
    record(complaint.pk, AUDIT_CALLED, actor, role=role, edition=complaint.edition_id, data=said)


def certificate_to_audit(complaint: Complaint) -> Certificate | None:
    """The newest of the organisation under the same scheme that counts: of the file itself, or of one that renewed
    it. One query."""
    held = Certificate.objects.filter(
        dossier__organisation=complaint.organisation_id, dossier__scheme=complaint.scheme
    )
    newest = held.select_related("dossier__organisation").order_by("-issued_on", "-number")
    return next((each for each in newest if counts(each)), None)
