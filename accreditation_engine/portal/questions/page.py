"""The page of questions to the organisation, as far as its reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.due import last_day
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.portal.dossier.anonymous import knows, letters_of_reviewers
from accreditation_engine.portal.dossier.answers import file_list
from accreditation_engine.portal.dossier.criterion_choice import criterion_groups, value_of
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.portal.dossier.rubrics import Key, criterion_titles
from accreditation_engine.portal.interests.said import said_with
from accreditation_engine.portal.sending.places import ANSWER, Place, sent_here
from accreditation_engine.portal.tried import Tried, left_over, typed_in, wrong_in
from accreditation_engine.reviews.questions.answering import is_late
from accreditation_engine.reviews.questions.asking import latest_day
from accreditation_engine.reviews.questions.models import Question
from accreditation_engine.reviews.questions.open import (
    ASKERS,
    QUESTIONS,
    answers_welcome,
    questions_welcome,
)
from accreditation_engine.uploads.kinds import file_field
from accreditation_engine.uploads.words import FILE_REASONS

PAGE = "questions"
ASK = "ask"
USUAL = timedelta(days=7)
"""From asking to answering, where nobody types another day."""
CRITERION, DUE, TEXT = "criterion", "due_on", "text"
FIELDS = {
    "unknown_criterion": CRITERION,
    "answer_due_in_the_past": DUE,
    "answer_due_too_late": DUE,
    "no_such_day": DUE,
    "file_belongs_nowhere": CRITERION,
    **dict.fromkeys(FILE_REASONS, "files"),
}
"""The field that a reason belongs to; all others are about the text."""


@dataclass(frozen=True)
class _Sight:
    """What is looked up once for all questions: what was said with events, and the letters of reviewers."""

    reader: Reader
    said: Mapping[int, str]
    letters: Mapping[UUID, str]
    tried: Tried | None


def questions_of(reader: Reader, tried: Tried | None, about: str = "") -> dict[str, Any]:
    """The context of portal/questions.html. The same number of queries however many there are. `about` is the
    criterion that a new question begins with."""
    rows = list(
        Question.objects.filter(dossier=reader.dossier)
        .select_related("asked_by", "follows")
        .prefetch_related("files__evidence")
        .order_by("-seq")
    )
    numbers = [seq for each in rows for seq in (each.seq, each.answered_seq, each.withdrawn_seq)]
    sight = _Sight(reader, said_with(reader.dossier, numbers), letters_of_reviewers(reader.dossier), tried)
    shown = [_question(sight, each) for each in sorted(rows, key=lambda each: not each.is_open)]
    asks = may_ask(reader)
    forms = {form["id"] for each in shown for form in each["forms"].values()} | ({ASK} if asks else set())
    return {
        **frame(reader, PAGE),
        "questions": shown,
        "ask": _asking(reader, tried, about) if asks else None,
        "kept_text": left_over(tried, forms, TEXT),
        "groups": criterion_groups(reader),
        "sending": sent_here(
            reader.person, [answer_place(each) for each in rows if may_answer(reader, each)]
        ),
        "earliest": timezone.localdate(),
        "latest": latest_day(),
    }


def may_ask(reader: Reader) -> bool:
    return any(reader.plays(role) and questions_welcome(reader.dossier, role) for role in ASKERS)


def in_short(reader: Reader) -> dict[str, Any] | None:
    """For the overview of those who ask while they review, and of those who answer: how many questions there are,
    and wait. One query; None where there is nothing to say. Coordinators have the page itself."""
    concerns = reader.plays("applicant") or reader.plays("reviewer")
    if not (concerns and reader.sees(QUESTIONS) and answers_welcome(reader.dossier)):
        return None
    waits = Count("pk", filter=Q(answered_seq=None, withdrawn_seq=None))
    counted = Question.objects.filter(dossier=reader.dossier).aggregate(all=Count("pk"), open=waits)
    if not counted["all"] and not may_ask(reader):
        return None
    return {"url": reverse(PAGE, args=[reader.dossier.pk]), "asks": may_ask(reader), **counted}


def _question(sight: _Sight, question: Question) -> dict[str, Any]:
    reader, key = sight.reader, (question.rubric, question.criterion)
    files = [each.evidence for each in question.files.all()] if reader.sees("evidence") else []
    return {
        "pk": question.pk,
        "seq": question.seq,
        "title": _about(reader, key),
        "badge": badge_of(question),
        "by": _asker(sight, question),
        "at": question.asked_at,
        "due_on": question.due_on if question.is_open else None,
        "text": sight.said.get(question.seq, ""),
        "follows": question.follows,
        "answered_at": question.answered_at,
        "answer": sight.said.get(question.answered_seq or 0, ""),
        "files": file_list((each for each in files if each.taken_back_at is None), named=knows(reader)),
        "withdrawn_at": question.withdrawn_at,
        "withdrawal": sight.said.get(question.withdrawn_seq or 0, ""),
        **_forms(sight, question),
    }


def _forms(sight: _Sight, question: Question) -> dict[str, Any]:
    """What the reader can do with it; a form that was refused stays open, with what was typed."""
    reader, tried = sight.reader, sight.tried
    asks, mine = may_ask(reader), question.asked_by_id == reader.person.pk
    withdraws = question.is_open and ((asks and mine) or reader.plays("coordinator"))
    found = {
        "answer": answer_form(question.pk) if may_answer(reader, question) else "",
        "withdraw": withdraw_form(question.pk) if withdraws else "",
        "ask_on": follow_form(question.pk) if asks and question.answered_at else "",
    }
    forms = {name: _form(reader, tried, form) for name, form in found.items() if form}
    whole = not question.criterion
    return {
        "forms": forms,
        "whole": whole,
        "belongs_to": f"{answer_form(question.pk)}-criterion" if whole else "",
        "pieces": answer_place(question).address,
    }


def may_answer(reader: Reader, question: Question) -> bool:
    return question.is_open and reader.acts("applicant") and answers_welcome(reader.dossier)


def answer_place(question: Question) -> Place:
    return Place(question.dossier_id, ANSWER, str(question.pk))


def _form(reader: Reader, tried: Tried | None, form: str) -> dict[str, Any]:
    usual = last_day(reader.scheme.workflow, timezone.localdate() + USUAL)
    return {
        "id": form,
        "open": tried is not None and tried.form == form,
        "text": typed_in(tried, form, TEXT),
        "criterion": typed_in(tried, form, CRITERION),
        "due_on": typed_in(tried, form, DUE) or usual.isoformat(),
        "wrong": _wrong(tried, form),
        "taken": file_field(),
    }


def _wrong(tried: Tried | None, form: str) -> dict[str, str]:
    codes = [each.code for each in tried.reasons] if tried is not None and tried.form == form else []
    fields = {FIELDS.get(each, TEXT) for each in codes}
    return {
        field: wrong_in(tried, form, *(each for each in codes if FIELDS.get(each, TEXT) == field))
        for field in fields
    }


def _asking(reader: Reader, tried: Tried | None, about: str) -> dict[str, Any]:
    form = _form(reader, tried, ASK)
    return {**form, "criterion": form["criterion"] if form["open"] else about}


def _about(reader: Reader, key: Key) -> str:
    return criterion_titles(reader.scheme).get(key, key[1]) if key[1] else _("The whole file")


def _asker(sight: _Sight, question: Question) -> str:
    """By name to those who read names; to the organisation and other reviewers a reviewer is a letter."""
    if question.asked_by_id == sight.reader.person.pk:
        return _("you")
    if sight.reader.names:
        return str(question.asked_by)
    letter = sight.letters.get(question.asked_by_id, "")
    return (
        f"{role_title(question.role)} {letter}" if question.role == "reviewer" else role_title(question.role)
    )


def badge_of(question: Question) -> dict[str, str]:
    if question.withdrawn_at:
        return {"title": _("withdrawn"), "tone": "neutral"}
    if question.answered_at:
        late = is_late(question)
        return {
            "title": _("answered late") if late else _("answered"),
            "tone": "warning" if late else "good",
        }
    if is_late(question):
        return {"title": _("answer overdue"), "tone": "warning"}
    return {"title": _("waits for an answer"), "tone": "applicant"}


def answer_form(question: int) -> str:
    return f"answer-{question}"


def withdraw_form(question: int) -> str:
    return f"withdraw-{question}"


def follow_form(question: int) -> str:
    return f"follow-{question}"


def about_typed(reader: Reader, asked: str) -> str:
    """The criterion in an address, where the scheme has it."""
    known = {value_of(key) for key in criterion_titles(reader.scheme)}
    return asked if asked in known else ""


def errors_of(tried: Tried | None) -> Sequence[dict[str, str]]:
    """For parts/error_summary.html."""
    if tried is None:
        return []
    return [
        {"text": str(each), "target": f"{tried.form}-{FIELDS.get(each.code, TEXT)}"} for each in tried.reasons
    ]
