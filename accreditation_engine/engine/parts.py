"""Which parts somebody plays for a subject, and which of them are open to them: the one place that knows that an
interest closes a part, and that in some schemes nothing is seen or done before interests are declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from .compiled import compiled
from .models import Subject
from .prepared import SUBJECT, USER, Asked, Prepared
from .reasons import Reason
from .registry import roles


@dataclass(frozen=True)
class Parts:
    """`played` are the roles that somebody plays for a subject; of these `barred` are closed by an interest, and
    `undeclared` until they declare to have none."""

    played: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    undeclared: frozenset[str] = frozenset()

    @property
    def open(self) -> frozenset[str]:
        """Those in which somebody sees and does what the workflow lets them."""
        return self.played - self.barred - self.undeclared

    @property
    def known(self) -> frozenset[str]:
        """Those for which the subject exists at all."""
        return self.played - self.barred

    def against(self, role: str) -> list[Reason]:
        """Why nothing is seen or done in `role`, which is played."""
        if role in self.barred:
            return [Reason("interest_bars")]
        return [Reason("declare_first")] if role in self.undeclared else []


def parts_in_sql(model: type[Subject], user: Any, names: Iterable[str] | None = None) -> dict[str, Any]:
    """What must be fetched with a subject for `parts_of`: for the roles `names`, else for all. What several roles
    ask in the same way is asked once."""
    asked: dict[str, Any] = {}
    for name in roles if names is None else names:
        role = roles[name]
        asked[f"plays_{name}"] = role.held(model, user)
        if role.barred is not None:
            asked.setdefault(role.barred.__name__, role.barred(model, user))
        if role.declared is not None:
            asked[f"declared_{name}"] = role.declared(model, user)
    return asked


def parts_of(row: Any, names: Iterable[str] | None = None) -> Parts:
    """The same `names` from the fetched row. No query once its edition is compiled."""
    played = frozenset(name for name in (roles if names is None else names) if getattr(row, f"plays_{name}"))
    barred = frozenset(name for name in played if _is_barred(row, name))
    reviewing = compiled(row.edition_id).workflow.reviewing
    wanted = played.intersection(reviewing.declare) if reviewing else frozenset[str]()
    undeclared = frozenset(name for name in wanted if not getattr(row, f"declared_{name}", True))
    return Parts(played, barred, undeclared)


def parts_for(model: type[Subject], subject: UUID, user: UUID, names: Iterable[str] | None = None) -> Parts:
    """The same of one subject that is not fetched, for one person. One query; nothing of what is not there."""
    wanted = tuple(roles if names is None else names)
    found = _asking(model, wanted).send(Asked(subject, user))
    return parts_of(found[0], wanted) if found else Parts()


@lru_cache(maxsize=256)
def _asking(model: type[Subject], names: tuple[str, ...]) -> Prepared:
    rows = model._default_manager.filter(pk=SUBJECT).annotate(**parts_in_sql(model, USER, names))
    return Prepared(rows.only("pk", "edition"))


def _is_barred(row: Any, name: str) -> bool:
    barred = roles[name].barred
    return barred is not None and getattr(row, barred.__name__)


def known_as(model: type[Subject], user: Any, *names: str) -> Q:
    """The subjects that exist for `user` in one of the roles `names`."""
    known, closed = Q(), dict[Any, Q]()
    for name in names:
        role = roles[name]
        if role.barred is None:
            known |= Q(role.held(model, user))
        else:
            closed[role.barred] = closed.get(role.barred, Q()) | Q(role.held(model, user))
    for barred, held in closed.items():
        known |= held & ~Q(barred(model, user))
    return known
