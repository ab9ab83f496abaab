"""When questions are asked and answered: a state says so by letting both sides see `questions`."""

from __future__ import annotations

from accreditation_engine.definitions.workflow import State
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason

QUESTIONS = "questions"
"""What a state `shows`."""
APPLICANT = "applicant"
ASKERS = ("reviewer", "coordinator")


def answers_welcome(dossier: Dossier) -> bool:
    """Whether the organisation can answer questions where the dossier stands."""
    return takes_answers(compiled(dossier.edition_id).workflow.states[dossier.state])


def takes_answers(state: State) -> bool:
    return not state.final and QUESTIONS in state.shows.get(APPLICANT, ())


def questions_welcome(dossier: Dossier, role: str) -> bool:
    """Whether somebody in `role` can ask: nobody is asked who does not see the question."""
    shows = compiled(dossier.edition_id).workflow.states[dossier.state].shows
    return role in ASKERS and QUESTIONS in shows.get(role, ()) and answers_welcome(dossier)


def closed(dossier: Dossier) -> Reason:
    return Reason("questions_closed", {"state": dossier.state, "edition": dossier.edition_id})
