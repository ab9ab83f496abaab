"""The organisation answers a question, in words and with files that lie in evidence from then on."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.evidence import bad_criterion, files_once
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.uploads.checking import bad_upload
from accreditation_engine.uploads.storing import file_digest
from accreditation_engine.written import kept_text

from .asking import WHOLE, ended
from .letters import tell_of_answer
from .models import Question, QuestionFile
from .open import APPLICANT, answers_welcome, closed

ANSWERED = "question_answered"


def answer_question(
    *,
    question: Question,
    text: str,
    by: User,
    uploads: Sequence[UploadedFile] = (),
    belongs_to: Criterion = WHOLE,
) -> None:
    """Answer once; whoever asked is told. After its day an answer is taken all the same, and marked as late.

    Files lie in evidence of the question's criterion; `belongs_to` names one where the question is about the whole
    dossier. Raises Refused, with nothing kept, for everybody but the organisation's people, without a text, for
    files that are not taken or belong nowhere, where the state shows no questions, and once it is answered or
    withdrawn.
    """
    role = require_role(question.dossier, by, APPLICANT)
    reasons = unlike_text(text, missing="question_without_answer", field="text")
    reasons += [each for upload in uploads for each in bad_upload(upload)]
    digests = [] if reasons else [file_digest(upload) for upload in uploads]
    with transaction.atomic():
        locked = locked_row(question.dossier)
        current = Question.objects.get(pk=question.pk)
        criterion = (current.rubric, current.criterion) if current.criterion else belongs_to
        reasons += ended(current)
        if not answers_welcome(locked):
            reasons.append(closed(locked))
        if uploads and bad_criterion(locked, *criterion):
            reasons.append(Reason("file_belongs_nowhere"))
        if reasons:
            raise Refused(reasons)
        filed = files_once(dossier=locked, criterion=criterion, uploads=uploads, digests=digests, by=by)
        event = record(
            locked.pk,
            ANSWERED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(text),
            data={"asked": current.seq, "late": is_late(current), **_files(criterion, sorted(filed))},
        )
        QuestionFile.objects.bulk_create(
            [QuestionFile(question=current, evidence=filed[sha256]) for sha256 in sorted(filed)]
        )
        Question.objects.filter(pk=current.pk).update(answered_seq=event.seq, answered_at=event.at)
        tell_of_answer(locked, current)


def is_late(question: Question) -> bool:
    """Whether the day has passed by which it was to be answered, or was answered."""
    answered = question.answered_at
    day = timezone.localdate(answered) if answered else timezone.localdate()
    return day > question.due_on


def _files(criterion: Criterion, digests: list[str]) -> dict[str, object]:
    if not digests:
        return {}
    return {"rubric": criterion[0], "criterion": criterion[1], "files": digests}
