"""The two questions of everybody who takes a place, each built once (see engine/prepared.py): which dossier is the
first of their queue, and whether they may have it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.prepared import SUBJECT, USER, Asked, Prepared
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted

from .fit import reviewed_last, rotates, tied
from .own_limit import held_full, limited
from .places import against_claiming, claimable_states, taken
from .waiting import every_scheme, had_by, open_to


def first_open(reviewer: User, passed: Collection[UUID], *, unheld: bool) -> Dossier | None:
    """The first of the dossiers with a place that is open to the reviewer, but those `passed`; `unheld`, the first
    of those that nobody else has locked, locked. Two queries."""
    editions = tuple(each.edition for each in every_scheme() if claimable_states(each))
    if not editions:
        return None
    if passed:
        return _rows(reviewer.pk, editions, unheld).exclude(pk__in=passed).first()
    found = _first(editions, unheld).send(Asked(user=reviewer.pk))
    return found[0] if found else None


WHOEVER: Any = USER


@lru_cache(maxsize=32)
def _first(editions: tuple[str, ...], unheld: bool) -> Prepared:
    return Prepared(_rows(WHOEVER, editions, unheld)[:1])


def _rows(reviewer: Any, editions: Iterable[str], unheld: bool) -> QuerySet[Dossier]:
    rows = open_to(reviewer, [compiled(each) for each in editions])
    return rows.select_for_update(skip_locked=True, of=("self",)) if unheld else rows


def may_take(locked: Dossier, reviewer: User) -> bool:
    """Whether `reviewer` may take a place of the dossier, which the caller has locked. One query; four
    where the reviewer has a limit. Why not, other functions say."""
    scheme = compiled(locked.edition_id)
    (row,) = _may(rotates(scheme)).send(Asked(subject=locked.pk, user=reviewer.pk))
    fit = row.holds_role and not row.had and not row.unfit and not against_claiming(locked, row.taken)
    return fit and not (row.limited and held_full(reviewer))


@lru_cache(maxsize=2)
def _may(rotating: bool) -> Prepared:
    unfit = tied(WHOEVER) | reviewed_last(WHOEVER) if rotating else tied(WHOEVER)
    return Prepared(
        Dossier.objects.filter(pk=SUBJECT).annotate(
            holds_role=granted("reviewer", Dossier, WHOEVER),
            had=had_by(WHOEVER),
            unfit=ExpressionWrapper(unfit, output_field=BooleanField()),
            taken=taken(),
            limited=limited(WHOEVER),
        )
    )
