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
from accreditation_engine.organisations.letters.told import Readings, Told, told_in_mail
from accreditation_engine.organisations.letters.writing import ToWrite, write

from .models import Question
from .open import APPLICANT, QUESTIONS

ASKED, ANSWERED, WITHDRAWN = "question_asked", "question_answered", "question_withdrawn"


def tell_of_question(dossier: Dossier, question: Question) -> None:
    """The organisation, in time for its answer."""
    write(_letters(dossier, question, ASKED, APPLICANT, _members(dossier)))


def tell_of_withdrawal(dossier: Dossier, question: Question) -> None:
    write(_letters(dossier, question, WITHDRAWN, APPLICANT, _members(dossier)))


def tell_of_answer(dossier: Dossier, question: Question) -> None:
    """Whoever asked."""
    who = Addressee(question.asked_by_id, question.asked_by.digest)
    write(_letters(dossier, question, ANSWERED, question.role, [who]))


def _members(dossier: Dossier) -> list[Addressee]:
    return people_by_subject(Dossier, APPLICANT, [dossier.pk]).get(dossier.pk, [])


def _letters(
    dossier: Dossier, question: Question, kind: str, role: str, people: Iterable[Addressee]
) -> Iterable[ToWrite]:
    due_at = end_of(question.due_on) if kind == ASKED else None
    facts = {"due_on": question.due_on.isoformat(), "asked": question.seq}
    for each in people:
        yield ToWrite(
            each.person, each.digest, kind, role=role, dossier=dossier.pk, facts=facts, due_at=due_at
        )


def _may_know(letter: Letter, readings: Readings) -> bool:
    reading = readings.get(letter.dossier) if letter.dossier else None
    return reading is not None and reading.plays(letter) and reading.sees(QUESTIONS)


def _told(kind: str, sentence: Callable[[Letter], str]) -> None:
    def words(letters: Sequence[Letter], readings: Readings) -> Told:
        """Whoever sees no questions (any more) is not told of them."""
        return {each.pk: sentence(each) for each in letters if _may_know(each, readings)}

    told_in_mail(kind)(words)


def _asked(letter: Letter) -> str:
    day = isolate(date_format(date.fromisoformat(letter.facts["due_on"]), "j F Y"))
    return _("You are asked a question about the file. Answer it by %(day)s.") % {"day": day}


_told(ASKED, _asked)
_told(ANSWERED, lambda letter: _("The organisation has answered your question."))
_told(WITHDRAWN, lambda letter: _("A question about the file was withdrawn; it needs no answer any more."))
