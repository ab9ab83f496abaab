"""Reminding the organisation of questions whose day comes, and whoever asked of those whose day has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import standing_in
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.letters.models import ReminderMade
from accreditation_engine.organisations.letters.readers import Addressee, people_by_subject
from accreditation_engine.organisations.letters.reminding import known_workflows
from accreditation_engine.organisations.letters.writing import write
from accreditation_engine.trail.rows import insert

from .letters import DUE, LATE, letters_about
from .models import Question
from .open import APPLICANT, takes_answers

QUESTION = "question"
"""Of `ReminderMade.what`."""
AHEAD = timedelta(days=2)
JUST_ASKED = timedelta(days=1)  # the letter that asked is still on top
AT_ONCE = 200
Reached = Callable[[Sequence[Question]], Iterator[tuple[Question, str, list[Addressee]]]]


@periodic("reminders of questions", every=timedelta(minutes=5))
def remind_of_questions() -> None:
    """Each question once before its day ends, and once when it has."""
    now, today = timezone.now(), timezone.localdate()
    welcome = standing_in(map(compiled, known_workflows()), takes_answers, prefix="dossier__")
    soon = _open(DUE, welcome).filter(
        due_on__gte=today, due_on__lte=today + AHEAD, asked_at__lte=now - JUST_ASKED
    )
    _remind(soon, DUE, _members)
    _remind(_open(LATE, welcome).filter(due_on__lt=today), LATE, _askers)


def _open(kind: str, welcome: Q) -> QuerySet[Question]:
    """Those that can be answered where their dossiers stand, and of which nobody was reminded so."""
    made = ReminderMade.objects.filter(
        about=OuterRef("dossier"), what=QUESTION, entry=OuterRef("seq"), rule=kind
    )
    waiting = Question.objects.filter(welcome, ~Exists(made), answered_seq=None, withdrawn_seq=None)
    return waiting.select_related("dossier", "asked_by").order_by("pk")


def _remind(due: QuerySet[Question], kind: str, reached: Reached) -> None:
    with transaction.atomic():
        rows = list(due[:AT_ONCE])
        if not rows:
            return
        insert(
            ReminderMade,
            [ReminderMade(about=each.dossier_id, what=QUESTION, entry=each.seq, rule=kind) for each in rows],
        )
        write(
            letter
            for question, role, people in reached(rows)
            for letter in letters_about(question.dossier, question, kind, role, people)
        )


def _members(rows: Sequence[Question]) -> Iterator[tuple[Question, str, list[Addressee]]]:
    people = people_by_subject(Dossier, APPLICANT, {each.dossier_id for each in rows})
    for each in rows:
        yield each, APPLICANT, people.get(each.dossier_id, [])


def _askers(rows: Sequence[Question]) -> Iterator[tuple[Question, str, list[Addressee]]]:
    for each in rows:
        yield each, each.role, [Addressee(each.asked_by_id, each.asked_by.digest)]
