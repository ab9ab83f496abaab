"""Something that is asked of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """`due` is the last day for it, where there is one."""

    title: str
    words: str
    url: str
    button: str
    due: date | None = None
