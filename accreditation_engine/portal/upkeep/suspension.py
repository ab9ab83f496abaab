"""A certificate that is suspended for its upkeep: what its holder still owes, and whose turn it is, told to
everybody who looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.status import public_status
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.dossiers.queries import standing_in
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.prepared import TODAY
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.ngo.task import Task

from .waiting import APPLICANT, address_of

PANEL = "panel"


def pending_for(editions: Iterable[Compiled]) -> Q:
    """What was due and still goes on, whoever's turn it is."""
    return standing_in(editions, lambda state: not state.final) & Q(due_on__lte=TODAY)


def suspension_notice(
    reader: Reader, certificate: Certificate, here: Upkeep | None = None
) -> dict[str, Any] | None:
    """For parts/notice.html, on the page of a certificate, or of the upkeep `here`. None where the certificate is
    not suspended, waits for somebody else than the panel, or upkeep has nothing to do with it. One query while it
    is suspended."""
    state = compiled(certificate.edition_id).workflow.states[certificate.state]
    if public_status(certificate) != "suspended" or state.waits_for != PANEL:
        return None
    pending, settled = _pending_and_settled(certificate)
    if not (pending or settled):
        return None
    return {
        "kind": "warning",
        "title": _("The certificate is suspended"),
        "text": f"{_whose_turn(reader, pending=bool(pending))} {at_the_latest(certificate)}".strip(),
        "reasons": [
            *(_owed(each, here) for each in pending),
            *([_decided(reader, certificate)] if here is not None and not pending else []),
        ],
    }


def withdrawal_notice(reader: Reader, certificate: Certificate) -> dict[str, Any] | None:
    """For parts/notice.html: from when on a withdrawal that is decided takes effect. None where none is. No
    query."""
    until = withdrawn_from(certificate)
    if until is None:
        return None
    words = {"day": date_format(timezone.localdate(until), "j F Y")}
    said = (
        _("It takes effect on %(day)s, unless you appeal before. Until then it is suspended.")
        if reader.acts("applicant")
        else _(
            "It takes effect on %(day)s, unless the organisation appeals before. Until then it is suspended."
        )
    )
    return {"kind": "warning", "title": _("Its withdrawal is decided"), "text": said % isolated(words)}


def withdrawn_from(certificate: Certificate) -> datetime | None:
    """When a certificate that is suspended, and of which nobody but its holder has to decide, is withdrawn by
    itself. No query."""
    state = compiled(certificate.edition_id).workflow.states[certificate.state]
    return _ends_in_withdrawal(certificate) if state.waits_for in (None, APPLICANT) else None


def _ends_in_withdrawal(certificate: Certificate) -> datetime | None:
    """When the site withdraws a certificate that is suspended, if nothing is done before. No query."""
    workflow = compiled(certificate.edition_id).workflow
    deadline = workflow.states[certificate.state].deadline
    if deadline is None or public_status(certificate) != "suspended":
        return None
    ends = workflow.status_in_public(workflow.transitions[deadline.then].to)
    return certificate.deadline_at if ends == "withdrawn" else None


def appeals_due(issued: Iterable[Certificate]) -> Iterator[Task]:
    """What the holder of a certificate that is to be withdrawn may do about it. No query."""
    for each in issued:
        until = withdrawn_from(each)
        if until is not None:
            yield Task(
                _("You may appeal against the withdrawal of your certificate"),
                _("Why it is to be withdrawn, and the way to appeal, is on its page."),
                reverse("certificate", args=[each.dossier_id, each.pk]),
                _("To the certificate"),
                timezone.localdate(until),
            )


def _pending_and_settled(certificate: Certificate) -> tuple[list[Upkeep], list[Upkeep]]:
    """What goes on, and what came to its end since the certificate was suspended."""
    pending, settled = [], []
    for each in Upkeep.objects.filter(certificate=certificate).order_by("due_on", "pk"):
        if not compiled(each.edition_id).workflow.states[each.state].final:
            pending += [each] if each.due_on <= timezone.localdate() else []
        elif each.entered_at >= certificate.entered_at:
            settled.append(each)
    return pending, settled


def at_the_latest(certificate: Certificate) -> str:
    """How long it may stay suspended; "" where it is not, or the site does not withdraw it. No query."""
    until = _ends_in_withdrawal(certificate)
    if until is None:
        return ""
    day = date_format(timezone.localdate(until), "j F Y")
    return _("If nothing is decided by %(day)s, it is withdrawn.") % isolated({"day": day})


def _whose_turn(reader: Reader, *, pending: bool) -> str:
    if reader.acts("applicant"):
        if pending:
            return _("File what is asked. Once it is accepted, the panel decides whether it is active again.")
        return _("Nothing more is asked of you for it. The panel decides whether it is active again.")
    if pending:
        return _("Once what is asked is filed and accepted, the panel decides whether it is active again.")
    if reader.plays(PANEL):
        return _(
            "Nothing is asked of the organisation for it any more: reinstate the certificate, or withdraw it."
        )
    return _(
        "What was asked has come to its end. Now it is for the panel to reinstate the certificate or to withdraw"
        " it; the panel finds it on its home page."
    )


def _owed(upkeep: Upkeep, here: Upkeep | None) -> dict[str, Any]:
    words = {
        "kind": kind_title(upkeep.kind),
        "state": state_title(upkeep.edition_id, upkeep.state),
        "day": date_format(upkeep.due_on, "j F Y"),
    }
    said = {"text": _("%(kind)s, to be filed by %(day)s: %(state)s.") % isolated(words)}
    if here is not None and here.pk == upkeep.pk:
        return said
    return {**said, "remedy": _("To what is asked"), "url": address_of(upkeep)}


def _decided(reader: Reader, certificate: Certificate) -> dict[str, Any]:
    title = _("Decide on the certificate") if reader.plays(PANEL) else _("To the certificate")
    address = reverse("certificate", args=[certificate.dossier_id, certificate.pk])
    return {"text": certificate.number, "remedy": title, "url": address}
