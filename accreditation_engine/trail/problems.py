"""What verification finds, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, a code, and what was found. `stream` is what stands in its place where
    that is no UUID; for a name it is the person. `seq` is the event that is wrong or, where events are gone,
    the first that is missing."""

    stream: UUID | str
    seq: int
    code: str
    detail: str

    def __str__(self) -> str:
        return f"stream {self.stream} event {self.seq}: {self.code}: {self.detail}"


@dataclass
class Tally:
    """What has been looked at so far. `planted` counts the events found at their places in the tree, `told` those
    that were told again to compare the tables with them, of `told_streams`, `files` the stored files that were
    read as a whole."""

    streams: int = 0
    events: int = 0
    texts: int = 0
    planted: int = 0
    told: int = 0
    told_streams: int = 0
    files: int = 0


def problem(stream: bytes, seq: int, code: str, detail: str) -> Problem:
    text = stream.decode(errors="replace")
    try:
        return Problem(UUID(text), seq, code, detail)
    except ValueError:
        return Problem(text, seq, code, detail)


def number(seq: bytes) -> int:
    """0, which is nobody's number, for what is no number."""
    return int(seq) if seq.isdigit() else 0
