"""Letters that remind: told only while what they remind of still waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.definitions.reviewing import REVIEWER
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.words import state_title, words_for_applicants
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.reminding import REMINDER
from accreditation_engine.organisations.letters.told import Reading, Readings, told_in_mail
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.home.waiting import waiting_dossiers, waiting_findings
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.reminding import REVIEW_REMINDER

from .days import said_day
from .objects import Objects, kind_of


@told_in_mail(REMINDER)
def _reminders(letters: Sequence[Letter], readings: Readings) -> dict[UUID, str]:
    objects, waiting = Objects(letters), _Waiting(letters)
    found = {}
    for letter in letters:
        reading = readings[letter.dossier] if letter.dossier else None
        if reading is not None and reading.plays(letter) and waiting.still(letter):
            with words_for_applicants(letter.role == "applicant"):
                found[letter.pk] = _reminder(letter, reading, objects)
    return {key: words for key, words in found.items() if words}


class _Waiting:
    """What still waits for the reader of `letters`: whoever has done their part is reminded of nothing. A query
    for files and one for findings, where there are letters of them that say "it waits for you"."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        turn = [each for each in letters if waits_for(each) == each.role]
        reader: User = letters[0].person
        files = [each.dossier for each in turn if each.dossier and each.stream == each.dossier]
        findings = [each.stream for each in turn if each.stream and kind_of(each) == "finding"]
        self._waiting: set[UUID | None] = set()
        if files:
            self._waiting |= set(waiting_dossiers(reader).filter(pk__in=files).values_list("pk", flat=True))
        if findings:
            self._waiting |= set(
                waiting_findings(reader).filter(pk__in=findings).values_list("pk", flat=True)
            )
        self._asked = {*files, *findings}

    def still(self, letter: Letter) -> bool:
        return waits_for(letter) != letter.role or letter.stream not in self._asked or self._waits(letter)

    def _waits(self, letter: Letter) -> bool:
        return letter.stream in self._waiting


def waits_for(letter: Letter) -> str:
    """The role whose turn it is in the state that the letter is about; "" for nobody's."""
    state = compiled(letter.facts["edition"]).workflow.states[letter.facts["state"]]
    return state.waits_for or ""


def _reminder(letter: Letter, reading: Reading, objects: Objects) -> str:
    if letter.stream == letter.dossier:
        subject, what = reading.dossier, ""
    else:
        shown = objects.seen(letter, reading)
        if shown is None:
            return ""
        subject, what = shown.subject, shown.title
    if (subject.edition_id, subject.state, subject.entered_seq) != _entry(letter):
        return ""
    state = state_title(letter.facts["edition"], letter.facts["state"])
    words = {
        "what": f"{what}: {state}" if what else state,
        "role": role_title(waits_for(letter)),
        **_days(letter.facts["since"], letter.facts["deadline"]),
    }
    return _sentence(letter, words)


def _entry(letter: Letter) -> tuple[str, str, int]:
    return letter.facts["edition"], letter.facts["state"], letter.facts["entry"]


def _days(since: str, deadline: str | None) -> dict[str, str]:
    return {
        "since": said_day(datetime.fromisoformat(since)),
        "deadline": said_day(datetime.fromisoformat(deadline)) if deadline else "",
    }


def _sentence(letter: Letter, words: Mapping[str, Any]) -> str:
    found = SENTENCES[_situation(letter), _audience(letter)]() % isolated(words)
    return str(found)


def _situation(letter: Letter) -> str:
    deadline = letter.facts["deadline"]
    if deadline is None:
        return "lasts"
    return "late" if _passed(deadline) else "ahead"


def _audience(letter: Letter) -> str:
    """Whether it is the reader's turn, somebody else's or nobody's."""
    role = waits_for(letter)
    return "mine" if role == letter.role else "theirs" if role else "nobodys"


SENTENCES: Mapping[tuple[str, str], Callable[[], str]] = {
    ("ahead", "mine"): lambda: _("“%(what)s” waits for you. The deadline is %(deadline)s."),
    ("ahead", "theirs"): lambda: _("“%(what)s” waits for: %(role)s. The deadline is %(deadline)s."),
    ("ahead", "nobodys"): lambda: _("“%(what)s” ends on %(deadline)s."),
    ("late", "mine"): lambda: _("“%(what)s” is late: it waits for you, and the deadline was %(deadline)s."),
    ("late", "theirs"): lambda: _(
        "“%(what)s” is late: it waits for: %(role)s. The deadline was %(deadline)s."
    ),
    ("late", "nobodys"): lambda: _("“%(what)s” should have ended on %(deadline)s."),
    ("lasts", "mine"): lambda: _("“%(what)s” waits for you since %(since)s."),
    ("lasts", "theirs"): lambda: _("“%(what)s” waits for: %(role)s, since %(since)s."),
    ("lasts", "nobodys"): lambda: _("“%(what)s” has lasted since %(since)s."),
}


def _passed(deadline: str) -> bool:
    return datetime.fromisoformat(deadline) <= timezone.now()


@told_in_mail(REVIEW_REMINDER)
def _reviews(letters: Sequence[Letter], readings: Readings) -> dict[UUID, str]:
    """Of reviews that are still open. One query."""
    asked = [each.facts["assignment"] for each in letters]
    still_open = set(
        Assignment.objects.filter(pk__in=asked, sent_at=None, released_at=None).values_list("pk", flat=True)
    )
    return {
        each.pk: _review(each)
        for each in letters
        if each.facts["assignment"] in still_open and each.dossier and _told(each, readings[each.dossier])
    }


def _told(letter: Letter, reading: Reading) -> bool:
    """A reviewer who has not declared yet is reminded as well: of that."""
    return reading.plays(letter) or letter.role in reading.parts.undeclared


def _review(letter: Letter) -> str:
    """To the reviewer, or to somebody who sees to it."""
    due = letter.facts["due"]
    situation = "lasts" if due is None else "late" if _passed(due) else "ahead"
    found = OF_REVIEWS[situation, letter.role == REVIEWER]() % isolated(_days(letter.facts["since"], due))
    return str(found)


OF_REVIEWS: Mapping[tuple[str, bool], Callable[[], str]] = {
    ("ahead", True): lambda: _("Your review is due on %(deadline)s."),
    ("ahead", False): lambda: _("A review is due on %(deadline)s."),
    ("late", True): lambda: _("Your review is late: it was due on %(deadline)s."),
    ("late", False): lambda: _("A review is late: it was due on %(deadline)s."),
    ("lasts", True): lambda: _("Your review is open since %(since)s."),
    ("lasts", False): lambda: _("A review that was asked for on %(since)s has not come in."),
}
