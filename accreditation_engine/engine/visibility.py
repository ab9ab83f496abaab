"""What a state lets each role see. One place, asked by pages, lists, exports and programs alike.

Some things may be sealed for a time whatever the state shows: votes, until all are in. Then the words for parts of
them that hold meanwhile stand in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from accreditation_engine.definitions.anonymity import APPLICANT, ORGANISATION, REVIEWERS

from .compiled import compiled
from .models import Subject
from .registry import roles as known_roles
from .registry import seals

Sealed = Mapping[str, Mapping[UUID, frozenset[str]]]
"""By thing and subject: what may be seen in its place."""


def visible(subject: Subject, roles: Iterable[str], sealed: Sealed | None = None) -> frozenset[str]:
    """The things (answers, ratings, ...) that somebody with `roles` may see of `subject` in its state now.

    What a state does not name is not shown. Nor is what is sealed: one query where that is asked for, none with
    `sealed_in` these subjects at hand.
    """
    things = _shown(subject, roles)
    for thing in things & seals.keys():
        those = seals[thing]([subject]) if sealed is None else sealed[thing]
        if subject.pk in those:
            things = things - {thing} | those[subject.pk]
    return things


def sealed_in(subjects: Iterable[Subject]) -> Sealed:
    """What is sealed of these subjects, for `visible` to be asked of each: a few queries for all of them."""
    rows = list(subjects)
    return {thing: those(rows) for thing, those in seals.items()}


def shows(subject: Subject, roles: Iterable[str], thing: str) -> bool:
    """The same for one thing that is never sealed. No query."""
    if thing in seals:
        raise ValueError(f"'{thing}' may be sealed; ask what is visible")
    return thing in _shown(subject, roles)


def knows_organisation(subject: Subject, roles: Iterable[str]) -> bool:
    """Whether somebody with `roles` is told whose `subject` is: not those who only review it, in a state
    that keeps it from them. No query."""
    state = compiled(subject.edition_id).workflow.states[subject.state]
    mine = frozenset(roles)
    reviewing = frozenset(name for name in mine if known_roles[name].judges == "reviewing")
    if ORGANISATION not in state.anonymous or not reviewing:
        return True
    return not (mine - reviewing).isdisjoint(state.shows)


def knows_reviewers(subject: Subject, roles: Iterable[str]) -> bool:
    """Whether somebody with `roles` is told who reviews `subject`: not those who only act for the organisation,
    in a state that keeps it from them. No query."""
    state = compiled(subject.edition_id).workflow.states[subject.state]
    mine = frozenset(roles)
    if REVIEWERS not in state.anonymous or APPLICANT not in mine:
        return True
    return not (mine - {APPLICANT}).isdisjoint(state.shows)


def _shown(subject: Subject, roles: Iterable[str]) -> frozenset[str]:
    states = compiled(subject.edition_id).workflow.states[subject.state].shows
    return frozenset(thing for role in roles for thing in states.get(role, ()))
