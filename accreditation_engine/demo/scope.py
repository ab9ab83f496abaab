"""What the first certificate covers, and what it is asked to cover, for a coordinator to go on with."""

from __future__ import annotations

from collections.abc import Iterator

from accreditation_engine.certificates.models import Certificate, ScopeChange
from accreditation_engine.certificates.scope_change.opening import ask_for_scope
from accreditation_engine.certificates.upkeep.opening import counts
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import answers_open
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.stating_scope import state_scope
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.queries import workers_of

from .autopilot import Play

STATED = Scope(
    "برامج التعليم المجتمعي وصحة الأسرة في محافظة أسيوط",
    "Community education and family health programmes in the governorate of Assiut",
)
WIDER = Scope(
    "برامج التعليم المجتمعي وصحة الأسرة في محافظتي أسيوط وسوهاج",
    "Community education and family health programmes in the governorates of Assiut and Sohag",
)
OPENED = "افتتحنا هذا العام فرعا في سوهاج يعمل بالسياسات نفسها وتحت الإدارة نفسها."


def state_own(case: Play) -> None:
    """While the file is the organisation's to write in."""
    if not answers_open(case.dossier):
        state_scope(dossier=case.dossier, scope=STATED, by=case.applicant)


def ask_for_more(dossier: Dossier) -> Iterator[str]:
    """Ask once, and tell where it stands."""
    certificate = Certificate.objects.filter(dossier=dossier).select_related("dossier").first()
    if certificate is None:
        return
    changes = ScopeChange.objects.filter(certificate=certificate).order_by("entered_at", "pk")
    if counts(certificate) and not changes.exists():
        by = workers_of(dossier.organisation_id)[0]
        ask_for_scope(certificate, scope=WIDER, reason=OPENED, by=by)
    yield f"{certificate.number}: {certificate.scope.en or 'the whole organisation'}"
    for each in changes.all():
        yield f"  asked for: {each.wanted.en}: {state_title(each.edition_id, each.state)}"
