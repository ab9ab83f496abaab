"""Which steps a coordinator may take for many files, for which files, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import schemes_in_use
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.options import Option, options_of_many
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import files_of

COORDINATOR = "coordinator"
AT_ONCE = 50


@dataclass
class Outcome:
    """What became of a batch: the files that moved, and the others with every reason."""

    done: list[Dossier] = field(default_factory=list)
    refused: list[tuple[Dossier, Sequence[Reason]]] = field(default_factory=list)


@dataclass(frozen=True)
class Ticked:
    """The files that were ticked: those that wait for the step, and those that have moved on since the page was
    made."""

    waiting: list[Dossier] = field(default_factory=list)
    moved: list[Dossier] = field(default_factory=list)


def steps_offered(person: User) -> dict[str, str]:
    """The steps that lead on and that coordinators take, with an edition under which each has its name: those for
    which a file stands ready. Two queries, once editions are compiled."""
    files = files_of(person, COORDINATOR)
    standing = set(files.order_by().values_list("edition", "state").distinct())
    found: dict[str, str] = {}
    for scheme in schemes_in_use(files):
        for name, states in _of(scheme).items():
            if any((scheme.edition, state) in standing for state in states):
                found.setdefault(name, scheme.edition)
    return found


def _of(scheme: Compiled) -> dict[str, tuple[str, ...]]:
    """The states that each of these steps leaves."""
    return {
        name: each.from_
        for name, each in scheme.workflow.transitions.items()
        if COORDINATOR in each.by and each.to not in each.from_
    }


def files_for(person: User, step: str) -> QuerySet[Dossier]:
    """The files that stand where `step` leaves, those that have waited longest first."""
    files, there = files_of(person, COORDINATOR), Q(pk__in=[])
    for scheme in schemes_in_use(files):
        there |= Q(edition=scheme.edition, state__in=_of(scheme).get(step, ()))
    return files.filter(there).order_by("entered_at", "number")


def previewed(person: User, step: str, files: Sequence[Dossier]) -> list[tuple[Dossier, Option | None]]:
    """Each file with what stands against the step. One query."""
    offered = options_of_many(files, person)
    return [(each, _named(step, offered.get(each.pk, ()))) for each in files]


def _named(step: str, offered: Iterable[Option]) -> Option | None:
    return next((each for each in offered if each.name == step), None)


def ticked_of(person: User, step: str, keys: Iterable[str]) -> Ticked:
    """Of these files, by id as text, those that are the person's; `AT_ONCE` at most. Two queries and those of the
    schemes."""
    wanted = list(dict.fromkeys(each for each in map(identifier, keys) if each))[:AT_ONCE]
    if not wanted:
        return Ticked()
    waiting = list(files_for(person, step).filter(pk__in=wanted))
    moved = files_of(person, COORDINATOR).filter(pk__in=wanted).exclude(pk__in=[each.pk for each in waiting])
    return Ticked(waiting, list(moved.order_by("number")))


def lacks_comment(person: User, step: str, ticked: Ticked, comment: str) -> bool:
    """Whether the step needs a comment and has none. One query where none was typed."""
    return not comment.strip() and asks_for_a_comment(previewed(person, step, ticked.waiting))


def take_together(person: User, step: str, files: Sequence[Dossier], comment: str) -> Outcome:
    """Take `step` for all `files` in one go. Where what follows from it is refused for one, which undoes all of
    them, each is taken by itself, so that one does not keep the others."""
    outcome = Outcome()
    try:
        result = perform_many(files, step, person, comment=comment)
    except Refused:
        return _one_by_one(person, step, files, comment)
    for each in files:
        if each.pk in result.refused:
            outcome.refused.append((each, result.refused[each.pk]))
        else:
            outcome.done.append(each)
    return outcome


def _one_by_one(person: User, step: str, files: Sequence[Dossier], comment: str) -> Outcome:
    outcome = Outcome()
    for each in files:
        try:
            perform(each, step, person, comment=comment)
        except Refused as refused:
            outcome.refused.append((each, refused.reasons))
        else:
            outcome.done.append(each)
    return outcome


def asks_for_a_comment(offered: Iterable[tuple[Any, Option | None]]) -> bool:
    return any(each is not None and each.step.definition.comment == "required" for _file, each in offered)
