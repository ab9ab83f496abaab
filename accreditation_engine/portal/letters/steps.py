"""Letters that tell of a step: what was done, as far as the reader may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.unannounced import APPLICANT, DECISION, told_at_once
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import state_title, told_of, words_for_applicants
from accreditation_engine.organisations.effects import STEP
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Reading, Readings, told_in_mail

from .ballots import called_in_vain
from .decided import after_a_decision
from .objects import Objects
from .reviewed import asked_in_vain


@told_in_mail(STEP)
def _steps(letters: Sequence[Letter], readings: Readings) -> dict[UUID, str]:
    objects, in_vain = Objects(letters), called_in_vain(letters) | asked_in_vain(letters)
    found = {}
    for letter in letters:
        if letter.pk in in_vain:
            continue
        reading = readings[letter.dossier] if letter.dossier else None
        words = _words(letter, reading, objects) if reading else ""
        if words:
            found[letter.pk] = words
    return found


def _words(letter: Letter, reading: Reading, objects: Objects) -> str:
    """What happened, in one line; what else has to be said, in further ones."""
    if letter.role in reading.parts.undeclared:
        return _("This file waits for you. Say first whether you have an interest in it.")
    if not reading.plays(letter):
        return ""
    with words_for_applicants(letter.role == APPLICANT or reading.outside):
        if letter.stream == letter.dossier:
            return _of_the_file(letter, reading)
        return _of_an_object(letter, reading, objects)


def _of_the_file(letter: Letter, reading: Reading) -> str:
    """A decision that may not be seen yet, or no more, is not told either. Where the file is now, the mail says
    above."""
    decides = tells_decision(letter, reading)
    if not decides and _decides(letter):
        return _("The file has moved on.")
    told = _told(letter) or _moved(letter)
    if decides and letter.role == APPLICANT:
        return "\n".join([told, *after_a_decision(letter, reading)])
    return told


def tells_decision(letter: Letter, reading: Reading) -> bool:
    """Whether it tells its reader what was decided on the file."""
    if letter.kind != STEP or letter.stream != letter.dossier or not _decides(letter):
        return False
    return reading.sees(DECISION) or _told_of_appeal(letter)


def _told(letter: Letter) -> str:
    return told_of(letter.facts["edition"], letter.facts["transition"], letter.role)


def _moved(letter: Letter) -> str:
    """Where a scheme has no words of its own for the step. What its button is called is an order, and no news."""
    edition, state = letter.facts["edition"], letter.facts["state"]
    if state in compiled(edition).workflow.transitions[letter.facts["transition"]].from_:
        return _("There is news of this file.")
    title = isolated({"state": state_title(edition, state)})
    if letter.role == APPLICANT:
        return _("Your file has come to the stage “%(state)s”.") % title
    return _("The file has come to the stage “%(state)s”.") % title


def _told_of_appeal(letter: Letter) -> bool:
    """Whether it tells what comes of an appeal: that is told wherever the file goes then."""
    return letter.facts["transition"] in told_at_once(letter.facts["edition"])


def _decides(letter: Letter) -> bool:
    """Whether its step decides, or announces what was decided before."""
    scheme, step = compiled(letter.facts["edition"]), letter.facts["transition"]
    return step in scheme.deciding or _announces(scheme.workflow, step)


def _announces(workflow: Workflow, step: str) -> bool:
    """Whether the applicant is shown the decision after the step, and not before."""
    transition = workflow.transitions[step]
    before = any(_decision_shown(workflow, state) for state in transition.from_)
    return _decision_shown(workflow, transition.to) and not before


def _decision_shown(workflow: Workflow, state: str) -> bool:
    return DECISION in workflow.states[state].shows.get(APPLICANT, ())


def _of_an_object(letter: Letter, reading: Reading, objects: Objects) -> str:
    """Of a finding or a certificate, where the reader may see it."""
    shown = objects.seen(letter, reading)
    if not shown:
        return ""
    state = state_title(shown.subject.edition_id, shown.subject.state)
    words = isolated({"what": shown.title, "state": state})
    told = _told(letter)
    if not told:
        return _("%(what)s is now in “%(state)s”.") % words
    return _("%(what)s: %(told)s It is now in “%(state)s”.") % {**words, "told": told}
