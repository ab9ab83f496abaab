"""Reading dossiers: which ones a person may see at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from accreditation_engine.definitions.workflow import State
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.parts import Parts, acting_as, known_as, parts_in_sql, parts_of
from accreditation_engine.engine.prepared import USER, Asked, PreparedByKey, PreparedValues
from accreditation_engine.engine.unusable import usable
from accreditation_engine.organisations.models import User

from .models import Answer, Dossier, Evidence

READERS = ("applicant", "coordinator", "reviewer", "panel", "appeal_panel", "auditor", "methodologist")


def dossiers_of(person: User, *as_roles: str) -> QuerySet[Dossier]:
    """The dossiers in which `person` plays one of `as_roles` (any that reads, when none is named), and no interest
    closes it to them.

    Everything else does not exist for them: pages, lists and counts start from here.
    """
    return known_to(person.pk, *(as_roles or READERS)).select_related("organisation")


def known_to(user: Any, *roles: str) -> QuerySet[Dossier]:
    """The same for the id of a person, or the gap for one in a prepared query."""
    return Dossier.objects.filter(known_as(Dossier, user, *roles))


def acted_on_by(user: Any, role: str) -> QuerySet[Dossier]:
    """Those in which `user` may do something as `role`."""
    return Dossier.objects.filter(acting_as(Dossier, user, role))


def dossier_with_parts(person: User, pk: UUID) -> tuple[Dossier, Parts] | None:
    """The dossier and every part that `person` plays for it; None where there is none. One query."""
    return next(iter(dossiers_with_parts(person.pk, [pk])), None)


def dossiers_with_parts(person: UUID, keys: Sequence[UUID]) -> list[tuple[Dossier, Parts]]:
    """The same of those of many dossiers that are there. One query, none for none."""
    return [(row, parts_of(row)) for row in _with_parts().send(keys, Asked(user=person))]


@lru_cache(maxsize=1)
def _with_parts() -> PreparedByKey:
    rows = Dossier.objects.annotate(**parts_in_sql(Dossier, USER))
    return PreparedByKey(rows.select_related("organisation"))


def schemes_in_use(dossiers: QuerySet[Dossier]) -> list[Compiled]:
    """The editions that `dossiers` are judged by, without those that are not usable: nobody knows where a file
    of these stands. One query once they are compiled."""
    editions = dossiers.order_by().values_list("edition_id", flat=True).distinct()
    return [scheme for edition in editions if (scheme := usable(edition)) is not None]


def schemes_and_lives(
    user: UUID, roles: Sequence[str], *workflows: str
) -> tuple[list[Compiled], dict[str, list[Compiled]]]:
    """What `schemes_in_use` gives of the dossiers known to `user` in one of `roles`, and for each of `workflows`
    what `editions_of` gives. One query for all once they are compiled."""
    schemes: list[Compiled] = []
    lives: dict[str, list[Compiled]] = {name: [] for name in workflows}
    for edition, name in _used_and_stored(tuple(roles), workflows).send(Asked(user=user)):
        if (scheme := usable(edition)) is not None:
            (lives[name] if name else schemes).append(scheme)
    return schemes, lives


@lru_cache(maxsize=128)
def _used_and_stored(roles: tuple[str, ...], workflows: tuple[str, ...]) -> PreparedValues:
    stored = Edition.objects.filter(kind="workflow", name__in=workflows).order_by().values_list("pk", "name")
    if not roles:
        return PreparedValues(stored)
    used = known_to(USER, *roles).order_by().values_list("edition_id", Value("")).distinct()
    return PreparedValues(used.union(stored, all=True))


def editions_of(workflow: str) -> list[Compiled]:
    """Every edition of the `workflow` of this name, of what hangs on dossiers: findings, concerns; without those
    that are not usable. One query once they are compiled."""
    return editions_of_each(workflow)[workflow]


def editions_of_each(*workflows: str) -> dict[str, list[Compiled]]:
    """The same of each of `workflows`, by name. One query once they are compiled."""
    found: dict[str, list[Compiled]] = {name: [] for name in workflows}
    stored = Edition.objects.filter(kind="workflow", name__in=workflows).values_list("pk", "name")
    for edition, name in stored:
        if (scheme := usable(edition)) is not None:
            found[name].append(scheme)
    return found


def standing_in(schemes: Iterable[Compiled], wanted: Callable[[State], bool], prefix: str = "") -> Q:
    """Dossiers that stand in one of the states of `schemes` that are `wanted`; none when there is no such
    state. `prefix` is the way to the dossier from what is asked for."""

    def names(scheme: Compiled) -> list[str]:
        return [name for name, state in scheme.workflow.states.items() if wanted(state)]

    return standing_at(schemes, names, prefix)


def waits_for(role: str) -> Callable[[State], bool]:
    """Whether a state does, for `standing_in`."""
    return lambda state: state.waits_for == role


def standing_at(
    schemes: Iterable[Compiled], names_in: Callable[[Compiled], Collection[str]], prefix: str = ""
) -> Q:
    """The same for states by name, where what is wanted is said of the scheme as a whole."""
    found = Q(pk__in=[])
    for scheme in schemes:
        if names := names_in(scheme):
            found |= Q(**{f"{prefix}edition": scheme.edition, f"{prefix}state__in": names})
    return found


@dataclass(frozen=True)
class HandedIn:
    """All answers, and the files that stand, by rubric and criterion."""

    answers: Mapping[tuple[str, str], Answer]
    files: Mapping[tuple[str, str], list[Evidence]]

    @property
    def own_files(self) -> dict[tuple[str, str], list[Evidence]]:
        """Those of the organisation alone, without what reviewers saw on visits."""
        own = {key: [each for each in files if each.visit is None] for key, files in self.files.items()}
        return {key: files for key, files in own.items() if files}


def handed_in(dossier: Dossier) -> HandedIn:
    """Two queries."""
    return HandedIn(answers_of(dossier), evidence_of(dossier))


def answers_of(dossier: Dossier) -> dict[tuple[str, str], Answer]:
    """The answers given so far, by rubric and criterion. One query."""
    return {(each.rubric, each.criterion): each for each in dossier.answers.all()}


def evidence_of(dossier: Dossier) -> dict[tuple[str, str], list[Evidence]]:
    """The files that stand, by rubric and criterion, in the order they were filed: the organisation's, and what
    reviewers saw on visits. One query."""
    return _by_criterion(dossier.evidence.filter(taken_back_at=None))


def own_evidence_of(dossier: Dossier) -> dict[tuple[str, str], list[Evidence]]:
    """The same, of the organisation alone: what is its own to see and to take back in any state. One query."""
    return _by_criterion(dossier.evidence.filter(taken_back_at=None, visit=None))


def _by_criterion(files: QuerySet[Evidence]) -> dict[tuple[str, str], list[Evidence]]:
    found: dict[tuple[str, str], list[Evidence]] = {}
    for each in files.order_by("filed_at", "pk"):
        found.setdefault((each.rubric, each.criterion), []).append(each)
    return found
