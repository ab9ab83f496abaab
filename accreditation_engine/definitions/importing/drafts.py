"""What an imported framework comes to before it is a rubric: areas and criteria, in whatever languages it had."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..problems import DefinitionError, Problem
from ..scalars import unprintable
from .losses import Loss

Texts = Mapping[str, str]
"""One text by language: "ar", "en", or whatever the source has."""
LONGEST_ID = 60


@dataclass
class DraftCriterion:
    """`ref` is what the source calls it, from which its id is made; it may be empty."""

    ref: str
    title: Texts
    guidance: Texts = field(default_factory=dict)
    weight: Decimal = Decimal(1)


@dataclass
class DraftArea:
    """An area without a weight of its own weighs what is in it: criteria then count as if there were no areas."""

    ref: str
    title: Texts
    parts: list[DraftCriterion | DraftArea] = field(default_factory=list)
    weight: Decimal | None = None

    def weighs(self) -> Decimal:
        inner = (each.weighs() if isinstance(each, DraftArea) else each.weight for each in self.parts)
        return sum(inner, Decimal(0)) if self.weight is None else self.weight

    def criteria(self) -> Iterator[DraftCriterion]:
        for each in self.parts:
            yield from each.criteria() if isinstance(each, DraftArea) else [each]


@dataclass
class Draft:
    """A framework as far as it was understood. `lost` counts what could not be carried over, by what it is."""

    id: str
    edition: str
    title: Texts
    source: str
    areas: list[DraftArea]
    minimum: Decimal
    maximum: Decimal
    anchors: Mapping[Decimal, Texts] = field(default_factory=dict)
    lost: Counter[Loss] = field(default_factory=Counter)


def refused(file: str, line: int, message: str) -> DefinitionError:
    """An import that cannot be made, for one reason."""
    return DefinitionError([Problem(file, line, message)])


def clean(text: object) -> str:
    """A text on one line, without what no page can show."""
    kept = "".join(each if not unprintable(each) else " " for each in str(text if text is not None else ""))
    return " ".join(kept.split())


def slug(text: str, otherwise: str) -> str:
    """`text` as an id: small Latin letters, digits and hyphens, a letter first; `otherwise` if nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not plain:
        return otherwise
    return (plain if plain[0].isalpha() else f"{otherwise}-{plain}")[:LONGEST_ID].rstrip("-")


class Names:
    """Ids, each given once: a second of the same name gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        name, count = wanted, 1
        while name in self._taken:
            count += 1
            name = f"{wanted[: LONGEST_ID - len(str(count)) - 1]}-{count}"
        self._taken.add(name)
        return name
