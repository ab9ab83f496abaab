"""What must hold of a change of scope before it goes on."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard

from .wording import unlike_another

WORDS = "words"
"""Where the data of a step holds the scope as it was mended."""


@guard("asked_by_holder")
def asked_by_holder(case: Case, parameters: Parameters) -> Verdict:
    """What the body put forward is not the holder's to take back."""
    return Verdict(() if case.subject.initiative == "holder" else (Reason("scope_change_of_the_body"),))


@guard("scope_in_words")
def scope_in_words(case: Case, parameters: Parameters) -> Verdict:
    """The words that come with the step are a scope, and another one than before."""
    words = case.attempt.data.get(WORDS)
    if words is None:
        return Verdict()
    return Verdict(tuple(unlike_another(Scope(words["ar"], words["en"]), case.subject.before)))
