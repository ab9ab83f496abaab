"""Amending a certificate after an appeal: what was agreed on under it counts, and its paper gets a new version
(docs/decisions/052)."""

from __future__ import annotations

from collections.abc import Sequence

from accreditation_engine.decisions.judged_anew import judge_anew
from accreditation_engine.decisions.recorded import recorded_since
from accreditation_engine.decisions.since import Since, since_decision
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.registry import Taken, effect
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.trail.rows import update

from .finished.finishing import ask_for_papers, next_version
from .models import Certificate
from .said_anew import AMENDED
from .sheets import areas_of, sheets_of

COLUMNS = ("areas", "outcome", "paper_due")


@effect("amend_certificate")
def amend_certificate(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Where ratings have changed by acts of their own since the decision, they count as what it has judged, and
    the certificate says what they come to. Where anything else has changed, or they come to no certificate any
    more, all is left as it is, and the register says that it is not as it was."""
    for each in taken:
        certificate = Certificate.objects.select_for_update().get(pk=each.subject.pk)
        dossier = Dossier.objects.select_for_update().get(pk=certificate.dossier_id)
        since = since_decision(dossier)
        if since is None or not since.changes or not _all_written_down(since):
            continue
        rubric = compiled(dossier.edition_id).rubrics[certificate.rubric]
        sheet = sheets_of([dossier.pk], rubric)[dossier.pk]
        if not _certifies(sheet):
            continue
        judge_anew(dossier, since.decision, since.facts, each.actor, each.event.role)
        _amend(certificate, sheet, each)


def _all_written_down(since: Since) -> bool:
    recorded = recorded_since(since.judged)
    return all(each.explained or recorded.agreed(each) for each in since.changes)


def _certifies(sheet: ScoreSheet) -> bool:
    return any(each.outcome == sheet.outcome and each.valid_for for each in sheet.rubric.outcomes)


def _amend(certificate: Certificate, sheet: ScoreSheet, taken: Taken) -> None:
    areas, outcome = areas_of(sheet), sheet.outcome or ""
    if (areas, outcome) == (certificate.areas, certificate.outcome):
        return
    certificate.areas, certificate.outcome = areas, outcome
    certificate.paper_due = next_version(certificate)
    record(
        certificate.pk,
        AMENDED,
        taken.actor,
        role=taken.event.role,
        edition=certificate.edition_id,
        data={"areas": areas, "outcome": outcome, "paper": certificate.paper_due},
    )
    update(Certificate, [certificate], COLUMNS)
    ask_for_papers([certificate])
