"""What every part of the picture must know: the language and its direction, the colours, what to mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..workflow import Workflow
from .colours import NOBODY, Colour
from .road import Road


@dataclass(frozen=True)
class Frame:
    language: str
    palette: Mapping[str, Colour]
    roles: Mapping[str, str]
    current: str | None
    visited: frozenset[str]
    workflow: Workflow
    road: Road | None = None

    @property
    def english(self) -> bool:
        return self.language.startswith("en")

    @property
    def direction(self) -> str:
        return "ltr" if self.english else "rtl"

    def x(self, x: float, width: float) -> float:
        """`x` from the side on which reading starts, as x from the left of a picture of this width."""
        return x if self.english else width - x

    def colour(self, role: str | None) -> Colour:
        return self.palette.get(role or "", NOBODY)

    def called(self, role: str) -> str:
        return self.roles.get(role, role.replace("_", " ").replace("-", " "))

    def pale(self, state: str) -> bool:
        """Whether `state` lies off the road that is marked."""
        marked = self.visited | ({self.current} if self.current else set())
        return bool(marked) and state not in marked

    def say(self, ar: str, en: str) -> str:
        return en if self.english else ar
