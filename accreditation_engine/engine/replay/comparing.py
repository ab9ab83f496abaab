"""The tables of today against what events tell: every difference is named, with the event that said it last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.states import STATE_FIELDS
from accreditation_engine.trail.problems import Problem
from accreditation_engine.trail.salted import salted_digest

from .picture import NOT_TOLD, Key, Picture, Row
from .states import OPENING, STATE

Kept = tuple[UUID, Key, Mapping[str, Any]]
"""A row as it lies: its subject, its key there, and its values."""

Alike = Callable[[Any, Any], bool]
"""Whether what a row keeps is what was told, though not equal."""

A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Table:
    """A table that is compared: of which subjects, under which name their pictures have it, and the code of its
    problems.

    `kept(streams)` reads the rows that belong to these subjects; only the values it gives are compared. `called`
    says which row it is, from the names of `keys`. Rows that follow `by_effects` of transitions are left alone
    where an edition cannot be read. `alike` has what else than equal counts as the same.
    """

    of: str
    name: str
    code: str
    kept: Callable[[Collection[UUID]], Iterable[Kept]]
    called: str
    keys: tuple[str, ...] = ()
    by_effects: bool = False
    alike: Mapping[str, Alike] = field(default_factory=dict)

    def call(self, key: Key) -> str:
        return self.called.format(**dict(zip(self.keys, key, strict=True)))


tables: list[Table] = []
people: dict[str, Callable[[], QuerySet[Any]]] = {}
"""Whatever has streams that are replayed and is no subject of a workflow: the rows whose primary keys they are."""


def compared(of: str, streams: Collection[UUID], pictures: Mapping[UUID, Picture]) -> Iterator[Problem]:
    """Where the rows of `streams` are not as `pictures` have them."""
    for stream, picture in pictures.items():
        for seq, why in picture.impossible:
            yield Problem(stream, seq, "impossible", why)
        for seq in picture.unread:
            yield Problem(stream, seq, "replay", "what this event says cannot be told again")
    if of in registry.subjects:
        yield from _subjects(registry.subjects[of].model, streams, pictures)
        streams = list(pictures)  # of one without any event all has been said
    for table in tables:
        if table.of == of:
            yield from in_table(table, streams, pictures)


def near(kept: datetime | None, told: datetime | None) -> bool:
    """A row keeps the moment in which it was written, a moment before its event."""
    if kept is None or told is None:
        return kept is told
    return timedelta() <= told - kept <= A_MOMENT


def digest_as_kept(salt: str, text: str | None) -> str | None:
    """What the event of a text that lies in a row says of it, if it lies there unchanged."""
    try:
        return salted_digest(salt, text or "")
    except ValueError:
        return None


def _subjects(
    model: type[Subject], streams: Collection[UUID], pictures: Mapping[UUID, Picture]
) -> Iterator[Problem]:
    """Subjects that stand elsewhere than their events say, or were opened as something else."""
    for subject in model._default_manager.filter(pk__in=streams).order_by("pk"):
        picture = pictures.get(subject.pk)
        if picture is None:
            yield Problem(subject.pk, subject.state_seq, "state", "no event says how it came to be")
            continue
        state, said = subject.state, picture.rows(STATE).get((), {})
        if "state" in said and said["state"].value != state:
            detail = f"it stands in '{state}' and its trail says '{said['state'].value}'"
            yield Problem(subject.pk, said["state"].seq, "state", detail)
        values = {name: getattr(subject, name) for name in STATE_FIELDS if name != "state"}
        values["edition"] = subject.edition_id
        yield from _in_row("state", lambda: "state", subject.pk, values, said)
        opened = picture.rows(OPENING).get((), {})
        yield from _in_row("opened", lambda: "opening", subject.pk, subject.opening(), opened)


def in_table(table: Table, streams: Collection[UUID], pictures: Mapping[UUID, Picture]) -> Iterator[Problem]:
    unknown = {each for each, picture in pictures.items() if table.by_effects and not picture.whole}
    told = {stream: picture.rows(table.name) for stream, picture in pictures.items() if stream not in unknown}
    seen: set[tuple[UUID, Key]] = set()
    for stream, key, values in table.kept(streams):
        if stream in unknown:
            continue
        seen.add((stream, key))
        row = told.get(stream, {}).get(key)
        if row is None:
            yield Problem(stream, 0, table.code, f"{table.call(key)}: it is there, and no event speaks of it")
        else:
            called = partial(table.call, key)
            yield from _in_row(table.code, called, stream, values, row, table.alike)
    for stream, rows in told.items():
        for key, row in rows.items():
            if (stream, key) not in seen:
                last = max(each.seq for each in row.values())
                yield Problem(stream, last, table.code, f"{table.call(key)}: it is gone")


def _in_row(
    code: str,
    called: Callable[[], str],
    stream: UUID,
    values: Mapping[str, Any],
    row: Row,
    alike: Mapping[str, Alike] = MappingProxyType({}),
) -> Iterator[Problem]:
    for name, kept in values.items():
        said = row.get(name)
        if said is None or said.value is NOT_TOLD or kept == said.value:
            continue
        if name in alike and alike[name](kept, said.value):
            continue
        detail = f"{called()}: {name} is {_shown(kept)} and its trail says {_shown(said.value)}"
        yield Problem(stream, said.seq, code, detail)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    return f"'{value.isoformat() if isinstance(value, datetime) else value}'"
