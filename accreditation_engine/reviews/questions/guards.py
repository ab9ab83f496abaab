"""Whether questions to the organisation still wait for their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef
from django.utils import timezone

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard

from .models import Question


def _open(model: type[Subject], parameters: Parameters, user: Any) -> Mapping[str, Any]:
    rows = Question.objects.filter(
        dossier=OuterRef(model.dossier_path), answered_seq=None, withdrawn_seq=None
    )
    return {"questions": Rows(rows.order_by("pk"), "due_on")}


@guard("questions_answered", facts=_open)
def questions_answered(case: Case, parameters: Parameters) -> Verdict:
    """No question waits for an answer whose day has not passed: silence stops nothing."""
    today = timezone.localdate().isoformat()
    waiting = [each["due_on"] for each in case.facts["questions"] if each["due_on"] >= today]
    if not waiting:
        return Verdict()
    return Verdict((Reason("questions_open", {"count": len(waiting), "date": max(waiting)}),))
