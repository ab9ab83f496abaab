"""What a pattern is to the page."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hit:
    """One thing to look at: what it is of, where it is read, and what was seen, in words. `weight` puts the
    strongest first."""

    title: str
    url: str
    words: str
    weight: float


@dataclass(frozen=True)
class Pattern:
    """`sentence` says what it is and what it is not, `threshold` from where on something is listed, `basis` what
    was looked at."""

    code: str
    title: str
    sentence: str
    threshold: str
    basis: str
    hits: list[Hit] = field(default_factory=list)

    @property
    def strongest_first(self) -> list[Hit]:
        return sorted(self.hits, key=lambda each: (-each.weight, each.title))
