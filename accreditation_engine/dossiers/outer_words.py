"""Who reads of a file's states in the words that are made for applicants."""

from __future__ import annotations

from .queries import READERS
from .unannounced import looks_decided_or_not


def only_applicant(roles: frozenset[str]) -> bool:
    return roles.intersection(READERS) == {"applicant"}


def reads_outer_words_in(edition: str, state: str, roles: frozenset[str]) -> bool:
    """Whether a state bears the title made for applicants: for these, and where the true one would tell whoever
    reads whether a decision was taken that is not announced."""
    return only_applicant(roles) or looks_decided_or_not(edition, state, roles)
