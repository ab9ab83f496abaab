"""Whether a condition holds, and why: as codes with values, so that words can be made when they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """One fact that decided a condition; `holds` says in which direction.

    `parameters` are texts: numbers as they are shown, ids, and the bound that was asked for. `outcome` is the
    outcome whose condition it belongs to, None outside a rubric. `parts` are the ways out of a `one_of`.
    The codes are the keys of `words.FACTS`.
    """

    code: str
    holds: bool
    parameters: Mapping[str, Value] = field(default_factory=dict)
    outcome: str | None = None
    parts: tuple[Reason, ...] = ()

    def of(self, outcome: str) -> Reason:
        """The same reason, as one for or against `outcome`."""
        return replace(self, outcome=outcome, parts=tuple(part.of(outcome) for part in self.parts))

    def as_json(self) -> dict[str, Any]:
        """{code, holds, outcome, parameters by name, and parts where there are any}."""
        values = {
            name: value if isinstance(value, str) else list(value) for name, value in self.parameters.items()
        }
        parts = {"parts": [part.as_json() for part in self.parts]} if self.parts else {}
        return {"outcome": self.outcome, "code": self.code, "holds": self.holds, **values, **parts}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Reason:
        """What `as_json` gave, read again."""
        fixed = ("outcome", "code", "holds", "parts")
        values = {
            name: value if isinstance(value, str) else tuple(value)
            for name, value in stored.items()
            if name not in fixed
        }
        parts = tuple(cls.from_json(part) for part in stored.get("parts", ()))
        return cls(stored["code"], stored["holds"], values, stored["outcome"], parts)


@dataclass(frozen=True)
class Verdict:
    """Whether a condition holds; `reasons` are what it rests on, or all that it fails on."""

    holds: bool
    reasons: tuple[Reason, ...] = ()
