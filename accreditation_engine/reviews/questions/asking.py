"""A reviewer or coordinator asks the organisation something, about one criterion or about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.dossiers.typed import Criterion
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.due import last_day
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.rules import involved
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from accreditation_engine.written import kept_text

from .letters import tell_of_question, tell_of_withdrawal
from .models import Question
from .open import ASKERS, closed, questions_welcome

ASKED, WITHDRAWN = "question_asked", "question_withdrawn"
LONGEST = timedelta(days=180)
"""From asking to answering: a slip of the keyboard in the year asks for nothing in time."""
WHOLE: Criterion = ("", "")
"""The criterion of a question about the whole dossier."""


@dataclass(frozen=True)
class Asked:
    """A question as typed, to be answered by the end of `due_on`. `follows` is an earlier one, answered, that it
    goes on asking."""

    text: str
    due_on: date
    criterion: Criterion = WHOLE
    follows: Question | None = None


def ask_question(*, dossier: Dossier, asked: Asked, by: User) -> Question:
    """Ask the organisation; its people are told. The dossier stays where it is. The same question sent twice,
    while it is open, is asked once. A day off is moved to the next working day where the scheme moves time limits.

    Raises Refused for everybody but reviewers and coordinators of the dossier, where its state shows no questions,
    without a text, about a criterion that is not there, and for a day that has passed or is too far off.
    """
    role = require_role(dossier, by, *ASKERS)
    with transaction.atomic():
        locked = locked_row(dossier)
        reasons = list(_against(locked, asked, by, role))
        if reasons:
            raise Refused(reasons)
        asked = replace(asked, due_on=last_day(compiled(locked.edition_id).workflow, asked.due_on))
        standing = _asked_before(locked, asked, by)
        if standing is not None:
            return standing
        rubric, criterion = asked.criterion
        event = record(
            locked.pk,
            ASKED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(asked.text),
            data={
                "rubric": rubric,
                "criterion": criterion,
                "due_on": asked.due_on.isoformat(),
                "follows": asked.follows.seq if asked.follows else None,
            },
        )
        question = Question.objects.create(
            dossier=locked,
            rubric=rubric,
            criterion=criterion,
            asked_by=by,
            role=role,
            seq=event.seq,
            asked_at=event.at,
            due_on=asked.due_on,
            follows=asked.follows,
        )
        tell_of_question(locked, question)
    return question


def latest_day() -> date:
    """The last day by which a question of today can be due."""
    return timezone.localdate() + LONGEST


def withdraw_question(*, question: Question, reason: str, by: User) -> None:
    """Take an open question back, for a reason that the organisation reads: whoever asked it, or a coordinator.
    Raises Refused for others, and once it is answered or withdrawn."""
    role = require_role(question.dossier, by, *ASKERS)
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(question.dossier)
        current = Question.objects.get(pk=question.pk)
        reasons += ended(current)
        if role != "coordinator" and current.asked_by_id != by.pk:
            reasons.append(Reason("not_your_question"))
        if reasons:
            raise Refused(reasons)
        said = {"asked": current.seq}
        event = record(
            locked.pk,
            WITHDRAWN,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data=said,
        )
        Question.objects.filter(pk=current.pk).update(withdrawn_seq=event.seq, withdrawn_at=event.at)
        tell_of_withdrawal(locked, current)


def ended(question: Question) -> list[Reason]:
    """That a question is open no more, if so."""
    if question.answered_seq is not None:
        return [Reason("question_answered_already")]
    return [Reason("question_withdrawn_already")] if question.withdrawn_seq is not None else []


def _against(dossier: Dossier, asked: Asked, by: User, role: str) -> Iterator[Reason]:
    if not questions_welcome(dossier, role):
        yield closed(dossier)
    yield from involved(dossier, by, ("applicant", "coach"))
    rubric, criterion = asked.criterion
    known = compiled(dossier.edition_id).asked.get(rubric)
    if asked.criterion != WHOLE and (known is None or criterion not in _names(known)):
        yield Reason("unknown_criterion", {"criterion": criterion})
    yield from unlike_text(asked.text, missing="question_without_text", field="text")
    if asked.due_on < timezone.localdate():
        yield Reason("answer_due_in_the_past", {"date": asked.due_on.isoformat()})
    if asked.due_on > latest_day():
        facts = {"date": asked.due_on.isoformat(), "last": latest_day().isoformat()}
        yield Reason("answer_due_too_late", facts)
    if asked.follows is not None:
        yield from _unfollowable(dossier, asked.follows)


def _names(rubric: object) -> set[str]:
    return {each.id for each in rubric.every_criterion()}  # type: ignore[attr-defined]


def _unfollowable(dossier: Dossier, question: Question) -> list[Reason]:
    """One asks on where there is an answer."""
    current = Question.objects.filter(dossier=dossier, pk=question.pk).exclude(answered_seq=None)
    return [] if current.exists() else [Reason("question_unanswered")]


def _asked_before(dossier: Dossier, asked: Asked, by: User) -> Question | None:
    rubric, criterion = asked.criterion
    rows = Question.objects.filter(dossier=dossier, asked_by=by, rubric=rubric, criterion=criterion)
    standing = {
        each.seq: each for each in rows.filter(answered_seq=None, withdrawn_seq=None, due_on=asked.due_on)
    }
    events = Event.objects.filter(stream=dossier.pk, seq__in=standing)
    same = [each for each in told(events) if each.comment == kept_text(asked.text)]
    return standing[same[0].event.seq] if same else None
