"""Who is told by mail of questions and answers: in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.days import end_of
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.readers import Addressee, people_by_subject
from accreditation_engine.organisations.letters.told import Readings, Told, may_know, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write

from .models import Question
from .open import APPLICANT, QUESTIONS

ASKED, ANSWERED, WITHDRAWN = "question_asked", "question_answered", "question_withdrawn"
DUE, LATE = "question_due", "question_late"
"""Reminders."""


def tell_of_question(dossier: Dossier, question: Question) -> None:
    """The organisation, in time for its answer."""
    write(letters_about(dossier, question, ASKED, APPLICANT, _members(dossier)))


def tell_of_withdrawal(dossier: Dossier, question: Question) -> None:
    write(letters_about(dossier, question, WITHDRAWN, APPLICANT, _members(dossier)))


def tell_of_answer(dossier: Dossier, question: Question) -> None:
    """Whoever asked."""
    who = Addressee(question.asked_by_id, question.asked_by.digest)
    write(letters_about(dossier, question, ANSWERED, question.role, [who]))


def _members(dossier: Dossier) -> list[Addressee]:
    return people_by_subject(Dossier, APPLICANT, [dossier.pk]).get(dossier.pk, [])


def letters_about(
    dossier: Dossier, question: Question, kind: str, role: str, people: Iterable[Addressee]
) -> Iterable[ToWrite]:
    due_at = end_of(question.due_on) if kind in (ASKED, DUE) else None
    facts = {"due_on": question.due_on.isoformat(), "asked": question.seq}
    for each in people:
        yield ToWrite(
            each.person, each.digest, kind, role=role, dossier=dossier.pk, facts=facts, due_at=due_at
        )


def _told(kind: str, sentence: Callable[[Letter], str], *, reminds: bool = False) -> None:
    """Whoever sees no questions (any more) is not told of them; nor is reminded of one that waits no more."""

    def words(letters: Sequence[Letter], readings: Readings) -> Told:
        told = [each for each in letters if may_know(each, readings, QUESTIONS)]
        return {each.pk: sentence(each) for each in (_open_still(told) if reminds else told)}

    told_in_mail(kind)(words)


def _on_its_day(words: str, letter: Letter) -> str:
    return words % {"day": isolate(date_format(date.fromisoformat(letter.facts["due_on"]), "j F Y"))}


def _asked(letter: Letter) -> str:
    return _on_its_day(_("You are asked a question about the file. Answer it by %(day)s."), letter)


def _due(letter: Letter) -> str:
    words = _("A question about the file still waits for your answer, which is due on %(day)s.")
    return _on_its_day(words, letter)


def _late(letter: Letter) -> str:
    words = _(
        "The organisation has not answered your question, which was due on %(day)s. It still can; withdraw the"
        " question if you need no answer any more."
    )
    return _on_its_day(words, letter)


def _open_still(letters: Sequence[Letter]) -> list[Letter]:
    """Those about questions that nobody has answered or withdrawn since. One query."""
    rows = Question.objects.filter(
        dossier__in={each.dossier for each in letters}, answered_seq=None, withdrawn_seq=None
    )
    waiting = set(rows.values_list("dossier", "seq"))
    return [each for each in letters if (each.dossier, each.facts["asked"]) in waiting]


_told(ASKED, _asked)
_told(ANSWERED, lambda letter: _("The organisation has answered your question."))
_told(DUE, _due, reminds=True)
_told(LATE, _late, reminds=True)
_told(WITHDRAWN, lambda letter: _("A question about the file was withdrawn; it needs no answer any more."))
