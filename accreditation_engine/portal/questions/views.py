"""The page of questions to the organisation, and what is sent from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.dossier.criterion_choice import criterion_typed
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.sending.handed import files_handed
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.portal.tried import Tried, attempt
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.questions.asking import Asked, ask_question, withdraw_question
from accreditation_engine.reviews.questions.models import Question
from accreditation_engine.reviews.questions.open import QUESTIONS

from .page import (
    ASK,
    CRITERION,
    DUE,
    TEXT,
    about_typed,
    answer_form,
    answer_place,
    errors_of,
    follow_form,
    questions_of,
    withdraw_form,
)


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was asked and answered; a new question is sent here."""
    reader = _reader(request, pk)
    if request.method != "POST":
        return _show(request, reader)
    criterion = criterion_typed(request.POST.get(CRITERION, ""))
    return _do(request, reader, ASK, lambda: _ask(request, reader, criterion, None), _asked())


@require_POST
def ask_on(request: HttpRequest, pk: UUID, question_pk: int) -> HttpResponse:
    """Ask on where an answer was given."""
    reader, question = _question(request, pk, question_pk)
    criterion = question.rubric, question.criterion
    act = partial(_ask, request, reader, criterion, question)
    return _do(request, reader, follow_form(question.pk), act, _asked())


@require_POST
def answer(request: HttpRequest, pk: UUID, question_pk: int) -> HttpResponse:
    """The organisation answers, in words and with files."""
    reader, question = _question(request, pk, question_pk)
    act = partial(_answer, request, reader, question)
    words = _("Your answer is sent. Whoever asked is told.")
    return _do(request, reader, answer_form(question.pk), act, words)


@require_POST
def withdraw(request: HttpRequest, pk: UUID, question_pk: int) -> HttpResponse:
    """A question needs no answer any more."""
    reader, question = _question(request, pk, question_pk)
    reason = request.POST.get(TEXT, "")
    act = partial(withdraw_question, question=question, reason=reason, by=reader.person)
    words = _("The question is withdrawn. The organisation is told.")
    return _do(request, reader, withdraw_form(question.pk), act, words)


def _answer(request: HttpRequest, reader: Reader, question: Question) -> None:
    with files_handed(request, reader.person, answer_place(question), "files") as handed:
        answer_question(
            question=question,
            text=request.POST.get(TEXT, ""),
            uploads=handed.uploads,
            belongs_to=criterion_typed(request.POST.get(CRITERION, "")),
            by=reader.person,
        )


def _asked() -> str:
    return _("The question is sent. The file stays where it is.")


def _ask(
    request: HttpRequest, reader: Reader, criterion: tuple[str, str], follows: Question | None
) -> Question:
    typed = request.POST.get(DUE, "")
    day = _day(typed)
    if day is None:
        raise Refused([Reason("no_such_day", {"typed": typed[:40], "example": "2027-03-31"})])
    asked = Asked(request.POST.get(TEXT, ""), day, criterion, follows)
    question = ask_question(dossier=reader.dossier, asked=asked, by=reader.person)
    if question.due_on != day:
        messages.info(request, _moved(day, question.due_on))
    return question


def _moved(typed: date, due: date) -> str:
    words = _("%(typed)s is a day off, so the answer is due on the next working day: %(due)s.")
    return words % isolated({"typed": day_in_words(typed), "due": day_in_words(due)})


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed.strip())
    except ValueError:
        return None


def _reader(request: HttpRequest, pk: UUID) -> Reader:
    """Where no questions are shown, there is no such page."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see(QUESTIONS)
    return reader


def _question(request: HttpRequest, pk: UUID, question_pk: int) -> tuple[Reader, Question]:
    reader = _reader(request, pk)
    return reader, get_object_or_404(Question, pk=question_pk, dossier=reader.dossier)


def _do(
    request: HttpRequest, reader: Reader, form: str, act: Callable[[], object], words: str
) -> HttpResponse:
    """Back to the page; or the page with what was typed in `form`, and why not."""
    tried = attempt(request, form, act)
    if tried is not None:
        return _show(request, reader_of(reader.person, reader.dossier.pk), tried)
    messages.success(request, words)
    return redirect(reverse("questions", args=[reader.dossier.pk]))


def _show(request: HttpRequest, reader: Reader, tried: Tried | None = None) -> HttpResponse:
    context = questions_of(reader, tried, about_typed(reader, request.GET.get("about", "")))
    context["errors"] = errors_of(tried)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/questions.html", context, status=status)
