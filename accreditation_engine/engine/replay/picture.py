"""What stood at a moment: the rows of every table of one subject, each value with the event that said it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from .said import Said

Key = tuple[Any, ...]
"""What tells a row from the others of its subject, as far as events know: a criterion, a person and a number."""


class NotTold:
    """A value of which the events of its time say nothing."""

    def __repr__(self) -> str:
        return "not in the trail"


NOT_TOLD: Final = NotTold()


class Told(NamedTuple):
    """A value, and the number of the event that said it last."""

    value: Any
    seq: int


Row = dict[str, Told]


class Picture:
    """`tables` are {table: {key: row}}. `seq` is the last event of the subject that was told, 0 before the first.
    `unread` are the numbers of events whose data is not what their kind has, `impossible` events that cannot have
    happened after those before them, with the reason. The picture is not `whole` where an
    edition cannot be read, and with it what followed from a transition."""

    __slots__ = ("impossible", "seq", "tables", "unread", "whole")

    def __init__(self) -> None:
        self.tables: dict[str, dict[Key, Row]] = {}
        self.seq = 0
        self.unread: list[int] = []
        self.impossible: list[tuple[int, str]] = []
        self.whole = True

    def rows(self, table: str) -> dict[Key, Row]:
        """By key, in the order in which they came to be."""
        return self.tables.setdefault(table, {})

    def say(self, event: Said, table: str, key: Key, /, **values: Any) -> None:
        """`event` gives `values` to the row, which is there from now on; its other values stay."""
        row, seq = self.rows(table).setdefault(key, {}), event.seq
        for name, value in values.items():
            row[name] = Told(value, seq)

    def value(self, table: str, key: Key, name: str, default: Any = None) -> Any:
        """What a row holds under `name`; `default` where there is no such row, or nobody said so."""
        told = self.rows(table).get(key, {}).get(name)
        return default if told is None else told.value
