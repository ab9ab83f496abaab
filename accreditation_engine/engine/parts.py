"""Which parts somebody plays for a subject, and which of them are open to them: the one place that knows that an
interest or an earlier part closes a part, and that in some schemes nothing is seen or done before interests are
declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from .compiled import compiled
from .models import Subject
from .prepared import USER, Asked, PreparedByKey
from .reasons import Reason
from .registry import Role, roles

READS_ONLY = "reads_only"
Closing = tuple[Callable[[type[Subject], Any], Any], ...]


@dataclass(frozen=True)
class Parts:
    """`played` are the roles that somebody plays for a subject; of these `barred` are closed, by an interest or,
    those that are `recused`, because they stepped aside, or by the roles that `apart` names for each, in which
    they had a hand before; and `undeclared` until they declare to have none. Those that are `reading` are played
    to read alone."""

    played: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    undeclared: frozenset[str] = frozenset()
    recused: frozenset[str] = frozenset()
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reading: frozenset[str] = frozenset()

    @property
    def open(self) -> frozenset[str]:
        """Those in which somebody sees what the workflow lets them."""
        return self.played - self.barred - self.undeclared

    @property
    def acting(self) -> frozenset[str]:
        """Those in which they also do what it lets them."""
        return self.open - self.reading

    @property
    def known(self) -> frozenset[str]:
        """Those for which the subject exists at all."""
        return self.played - self.barred

    def against(self, role: str) -> list[Reason]:
        """Why nothing is seen in `role`, which is played, or seen alone and not done."""
        if role in self.recused:
            return [Reason("recused")]
        if role in self.apart:
            return [Reason("involved", {"roles": list(self.apart[role])})]
        if role in self.barred:
            return [Reason("interest_bars")]
        if role in self.undeclared:
            return [Reason("declare_first")]
        return [Reason(READS_ONLY)] if role in self.reading else []


def parts_in_sql(model: type[Subject], user: Any, names: Iterable[str] | None = None) -> dict[str, Any]:
    """What must be fetched with a subject for `parts_of`: for the roles `names`, else for all. What several roles
    ask in the same way is asked once."""
    asked: dict[str, Any] = {}
    for name in roles if names is None else names:
        role = roles[name]
        asked[f"plays_{name}"] = role.held(model, user)
        for closes in _closing(role):
            asked.setdefault(closes.__name__, closes(model, user))
        if role.declared is not None:
            asked[f"declared_{name}"] = role.declared(model, user)
        if role.reads is not None:
            asked[f"reads_{name}"] = role.reads(model, user)
    return asked


def parts_of(row: Any, names: Iterable[str] | None = None) -> Parts:
    """The same `names` from the fetched row. No query once its edition is compiled."""
    played = frozenset(name for name in (roles if names is None else names) if getattr(row, f"plays_{name}"))
    recused = frozenset(name for name in played if _closed_by(row, roles[name].recused))
    apart = {name: hands for name in played if (hands := _hands(row, roles[name]))}
    barred = recused | apart.keys() | {name for name in played if _closed_by(row, roles[name].barred)}
    reviewing = compiled(row.edition_id).workflow.reviewing
    wanted = played.intersection(reviewing.declare) if reviewing else frozenset[str]()
    undeclared = frozenset(name for name in wanted if not getattr(row, f"declared_{name}", True))
    reading = frozenset(name for name in played if getattr(row, f"reads_{name}", False))
    return Parts(played, barred, undeclared, recused, apart, reading)


def parts_for(
    model: type[Subject], subjects: Sequence[UUID], user: UUID, names: Iterable[str] | None = None
) -> dict[UUID, Parts]:
    """The same of subjects that are not fetched, by their ids, for one person. One query, none for none; nothing
    of what is not there."""
    wanted = tuple(roles if names is None else names)
    return {row.pk: parts_of(row, wanted) for row in _asking(model, wanted).send(subjects, Asked(user=user))}


@lru_cache(maxsize=256)
def _asking(model: type[Subject], names: tuple[str, ...]) -> PreparedByKey:
    rows = model._default_manager.annotate(**parts_in_sql(model, USER, names))
    return PreparedByKey(rows.only("pk", "edition"))


def _closing(role: Role) -> Closing:
    """What closes the role to somebody who plays it."""
    return tuple(each for each in (role.barred, role.recused, *role.apart.values()) if each is not None)


def _hands(row: Any, role: Role) -> tuple[str, ...]:
    """The earlier parts that close the role."""
    return tuple(earlier for earlier, closes in role.apart.items() if _closed_by(row, closes))


def _closed_by(row: Any, closes: Callable[..., Any] | None) -> bool:
    return closes is not None and getattr(row, closes.__name__)


def closed_as(model: type[Subject], user: Any, name: str) -> Q:
    """The subjects for which the role `name` is closed to `user`, who may hold it for them or not."""
    closed = Q(pk__in=[])
    for closes in _closing(roles[name]):
        closed |= Q(closes(model, user))
    return closed


def known_as(model: type[Subject], user: Any, *names: str) -> Q:
    """The subjects that exist for `user` in one of the roles `names`."""
    together = dict[Closing, Q]()
    for role in (roles[name] for name in names):
        together[_closing(role)] = together.get(_closing(role), Q()) | Q(role.held(model, user))
    known = Q()
    for closing, held in together.items():
        for closes in closing:
            held &= ~Q(closes(model, user))
        known |= held
    return known


def acting_as(model: type[Subject], user: Any, name: str) -> Q:
    """The subjects for which `user` plays the role `name`, and not to read alone: those that can wait for them."""
    reads, known = roles[name].reads, known_as(model, user, name)
    return known if reads is None else known & ~Q(reads(model, user))
