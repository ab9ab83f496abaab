"""Letters that tell of a step: what was done, as far as the reader may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.dossiers.unannounced import APPLICANT, told_at_once
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import state_title, transition_title, words_for_applicants
from accreditation_engine.organisations.effects import STEP
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import Reading, Readings, told_in_mail

from .objects import Objects


@told_in_mail(STEP)
def _steps(letters: Sequence[Letter], readings: Readings) -> dict[UUID, str]:
    objects = Objects(letters)
    found = {}
    for letter in letters:
        reading = readings[letter.dossier] if letter.dossier else None
        words = _words(letter, reading, objects) if reading else ""
        if words:
            found[letter.pk] = words
    return found


def _words(letter: Letter, reading: Reading, objects: Objects) -> str:
    if letter.role in reading.parts.undeclared:
        return _("This file waits for you. Say first whether you have an interest in it.")
    if not reading.plays(letter):
        return ""
    with words_for_applicants(letter.role == "applicant"):
        if letter.stream == letter.dossier:
            return _of_the_file(letter, reading)
        return _of_an_object(letter, reading, objects)


def _of_the_file(letter: Letter, reading: Reading) -> str:
    """A decision that may not be seen yet, or no more, is not told either. Where the file is now, the mail says
    above."""
    if _decides(letter) and not (reading.sees("decision") or _told_of_appeal(letter)):
        return _("The file has moved on.")
    return transition_title(letter.facts["edition"], letter.facts["transition"])


def _told_of_appeal(letter: Letter) -> bool:
    """Whether it tells the organisation what comes of its appeal: that is told wherever the file goes then."""
    return letter.role == APPLICANT and letter.facts["transition"] in told_at_once(letter.facts["edition"])


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
    return "decision" in workflow.states[state].shows.get("applicant", ())


def _of_an_object(letter: Letter, reading: Reading, objects: Objects) -> str:
    """Of a finding or a certificate, where the reader may see it."""
    shown = objects.seen(letter, reading)
    if not shown:
        return ""
    step = transition_title(letter.facts["edition"], letter.facts["transition"])
    state = state_title(shown.subject.edition_id, shown.subject.state)
    return _("%(what)s: %(step)s. It is now in “%(state)s”.") % isolated(
        {"what": shown.title, "step": step, "state": state}
    )
