"""Asking for another scope: the holder, or the body of its own accord."""

from __future__ import annotations

import uuid

from django.db import transaction

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.certificates.upkeep.opening import why_over
from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.opening import current_edition, open_subject
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_text

from .models import Initiative
from .wording import unlike_another, write_words

SCOPE_SCHEME = "scope-change"
TO_PANEL = "pass_to_panel"


def ask_for_scope(certificate: Certificate, *, scope: Scope, reason: str, by: User) -> ScopeChange:
    """The holder asks for `scope` and says why. Raises Refused for whoever does not act for it, where the
    certificate counts no more or a change is under way, for a scope that is none or the one of today, and without
    a reason."""
    with transaction.atomic():
        require_role(certificate.dossier, by, "applicant")
        return _opened(certificate, "holder", scope, reason, by, comment=kept_text(reason))


def put_scope_to_panel(certificate: Certificate, *, scope: Scope, reason: str, by: User) -> ScopeChange:
    """A coordinator puts another scope before the panel of the body's own accord, as after surveillance. Raises
    Refused as `ask_for_scope` does, and as the step does that passes it on."""
    with transaction.atomic():
        require_role(certificate.dossier, by, "coordinator")
        change = _opened(certificate, "body", scope, reason, by)
        perform(change, TO_PANEL, by, comment=reason)
        return change


def under_way(certificate: Certificate) -> ScopeChange | None:
    """The change of its scope that is not decided yet. One query."""
    for each in ScopeChange.objects.filter(certificate=certificate).order_by("-entered_at"):
        if not compiled(each.edition_id).workflow.states[each.state].final:
            return each
    return None


def _opened(
    certificate: Certificate, initiative: Initiative, scope: Scope, reason: str, by: User, comment: str = ""
) -> ScopeChange:
    locked_row(certificate.dossier)
    standing, kept = Certificate.objects.select_for_update().get(pk=certificate.pk), scope.kept()
    reasons = [
        *_against(standing),
        *unlike_another(kept, standing.scope),
        *unlike_text(reason, missing="scope_change_without_reason", field="reason"),
    ]
    if reasons:
        raise Refused(reasons)
    change = ScopeChange(
        id=uuid.uuid4(),
        edition_id=current_edition(SCOPE_SCHEME),
        dossier=certificate.dossier,
        certificate=standing,
        initiative=initiative,
        before_ar=standing.scope_ar,
        before_en=standing.scope_en,
    )
    role = "applicant" if initiative == "holder" else "coordinator"
    open_subject(change, by, role=role, comment=comment)
    write_words(change, kept, by, role)
    return change


def _against(certificate: Certificate) -> list[Reason]:
    if over := why_over(certificate):
        return over
    return [] if under_way(certificate) is None else [Reason("scope_change_under_way")]
