"""States in which a decision is taken and announced to nobody outside yet. Their very names tell it, so whoever is
not shown the decision reads the name that is made for applicants."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from accreditation_engine.engine.compiled import compiled

DECISION, APPLICANT = "decision", "applicant"


@lru_cache(maxsize=256)
def unannounced(edition: str) -> dict[str, frozenset[str]]:
    """Such states under the workflow edition of this hash, each with the roles that are shown the decision."""
    scheme = compiled(edition)
    entered = {scheme.steps[name].definition.to for name in scheme.deciding}
    told = {
        state: frozenset(role for role, things in each.shows.items() if DECISION in things)
        for state, each in scheme.workflow.states.items()
        if state in entered
    }
    return {state: roles for state, roles in told.items() if roles and APPLICANT not in roles}


@lru_cache(maxsize=256)
def told_at_once(edition: str) -> frozenset[str]:
    """The steps under the workflow edition of this hash that decide where the applicant is shown decisions
    already: what comes of its appeal. Wherever they lead, it is told of them when they are taken."""
    scheme = compiled(edition)
    shown = {
        name for name, each in scheme.workflow.states.items() if DECISION in each.shows.get(APPLICANT, ())
    }
    return frozenset(
        name for name in scheme.deciding if shown.issuperset(scheme.workflow.transitions[name].from_)
    )


def known_state(edition: str, state: str, roles: Iterable[str]) -> str:
    """The state in which somebody with `roles` has to believe the dossier: the one that the decision left, where
    it is kept from them."""
    return _left_for(edition)[state] if kept_from(edition, state, roles) else state


def kept_from(edition: str, state: str, roles: Iterable[str]) -> bool:
    """Whether it is kept from somebody with `roles` that a decision was taken."""
    told = unannounced(edition).get(state)
    return told is not None and told.isdisjoint(roles)


def looks_decided_or_not(edition: str, state: str, roles: Iterable[str]) -> bool:
    """Whether somebody with `roles` cannot tell if a decision was taken: in a state of which it is kept from them,
    and in the one before, which else were told apart by its look alone."""
    mine = frozenset(roles)
    return kept_from(edition, state, mine) or any(
        kept_from(edition, decided, mine) for decided in decided_out_of(edition, state)
    )


def decided_out_of(edition: str, state: str) -> list[str]:
    """The states with a decision not announced that are entered from `state`."""
    return [decided for decided, left in _left_for(edition).items() if left == state]


@lru_cache(maxsize=256)
def _left_for(edition: str) -> dict[str, str]:
    """Such states, each with the one that the decision left."""
    scheme = compiled(edition)
    steps = [scheme.steps[name].definition for name in sorted(scheme.deciding)]
    return {
        state: next(each.from_[0] for each in steps if each.to == state) for state in unannounced(edition)
    }
