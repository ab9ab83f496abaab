"""Who reads of a file's states in the words that are made for applicants."""

from __future__ import annotations

from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.engine.compiled import compiled

from .queries import READERS
from .unannounced import looks_decided_or_not


def only_applicant(roles: frozenset[str]) -> bool:
    return roles.intersection(READERS) == {"applicant"}


def reads_outer_words_in(edition: str, state: str, roles: frozenset[str]) -> bool:
    """Whether a state bears the title made for applicants: for these, and where the true one would tell whoever
    reads whether a decision was taken that is not announced."""
    return only_applicant(roles) or looks_decided_or_not(edition, state, roles)


def step_read(edition: str, state: str, roles: frozenset[str]) -> tuple[str | None, Bilingual]:
    """The code of a state of what hangs on a file, and its title: the code is kept from applicants where they have
    words of their own for it (docs/decisions/045)."""
    known = compiled(edition).workflow.states[state]
    if known.public_title is not None and only_applicant(roles):
        return None, known.public_title
    return state, known.title
