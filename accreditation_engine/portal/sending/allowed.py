"""Who sends files for a form, and why none is taken there any more: as the page has it on which it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.certificates.upkeep.filing import why_no_files
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.visibility import visible
from accreditation_engine.portal.dossier.findings import findings_seen
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.visits.seen import goes_on, visit_seen
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number
from accreditation_engine.reviews.findings import why_not_corrected
from accreditation_engine.reviews.questions.asking import ended
from accreditation_engine.reviews.questions.models import Question
from accreditation_engine.reviews.questions.open import QUESTIONS, answers_welcome, closed
from accreditation_engine.reviews.report.standing import contests_welcome
from accreditation_engine.reviews.site_visits.standing import still_open

from .places import ANSWER, CORRECTION, POINT, UPKEEP, VISIT

Allowed = Callable[[Reader, str], Sequence[Reason]]


def why_not_sent(reader: Reader, form: str, about: str) -> Sequence[Reason]:
    """Raises Http404 where the reader has no such form."""
    if form not in FORMS:
        raise Http404
    return FORMS[form](reader, about)


def _answer(reader: Reader, about: str) -> Sequence[Reason]:
    reader.must_see(QUESTIONS)
    _must_play(reader, "applicant")
    number = _number(about)
    question = get_object_or_404(Question, pk=number, dossier=reader.dossier)
    welcome = answers_welcome(reader.dossier)
    return ended(question) or ([] if welcome else [closed(reader.dossier)])


def _point(reader: Reader, about: str) -> Sequence[Reason]:
    _must_play(reader, "applicant")
    if not reader.reads_report:
        raise Http404
    dossier = reader.dossier
    if contests_welcome(dossier):
        return []
    return [Reason("report_closed", {"state": dossier.state, "edition": dossier.edition_id})]


def _visit(reader: Reader, about: str) -> Sequence[Reason]:
    _must_play(reader, "reviewer")
    visit = visit_seen(reader, _number(about))
    if not goes_on(reader.person, visit):
        raise Http404
    return still_open(visit)


def _correction(reader: Reader, about: str) -> Sequence[Reason]:
    _must_play(reader, "applicant")
    for each in findings_seen(reader):
        if str(each.pk) == about:
            return why_not_corrected(each)
    raise Http404


def _upkeep(reader: Reader, about: str) -> Sequence[Reason]:
    _must_play(reader, "applicant")
    reader.must_see("decision")
    key = identifier(about)
    found = Upkeep.objects.filter(dossier=reader.dossier, pk=key).first() if key else None
    if found is None or "upkeep" not in visible(found, reader.roles):
        raise Http404
    return why_no_files(found)


def _must_play(reader: Reader, role: str) -> None:
    if not reader.acts(role):
        raise Http404


def _number(about: str) -> Any:
    number = whole_number(about, digits=OF_A_ROW)
    if number is None:
        raise Http404
    return number


FORMS: dict[str, Allowed] = {
    ANSWER: _answer,
    POINT: _point,
    VISIT: _visit,
    CORRECTION: _correction,
    UPKEEP: _upkeep,
}
