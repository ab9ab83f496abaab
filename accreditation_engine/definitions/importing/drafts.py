"""What an imported framework comes to before it is a rubric: areas and criteria, in whatever languages it had."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..problems import DefinitionError, Problem
from ..said import as_said, say
from ..scalars import unprintable
from .latin_letters import in_latin_letters
from .losses import Losses

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
    line: int = 1


@dataclass
class DraftArea:
    """An area without a weight of its own weighs what is in it: criteria then count as if there were no areas."""

    ref: str
    title: Texts
    parts: list[DraftCriterion | DraftArea] = field(default_factory=list)
    weight: Decimal | None = None
    line: int = 1

    def weighs(self) -> Decimal:
        inner = (each.weighs() if isinstance(each, DraftArea) else each.weight for each in self.parts)
        return sum(inner, Decimal(0)) if self.weight is None else self.weight

    def criteria(self) -> Iterator[DraftCriterion]:
        for each in self.parts:
            yield from each.criteria() if isinstance(each, DraftArea) else [each]


@dataclass
class Draft:
    """A framework as far as it was understood. `lost` is what could not be carried over, by what it is. What is of
    the whole stands in `line` of the source, and all of it in `sheet`, where the source has several."""

    id: str
    edition: str
    title: Texts
    source: str
    areas: list[DraftArea]
    minimum: Decimal
    maximum: Decimal
    anchors: Mapping[Decimal, Texts] = field(default_factory=dict)
    lost: Losses = field(default_factory=Losses)
    line: int = 1
    sheet: str = ""


def refused(file: str, line: int, message: str, sheet: str = "") -> DefinitionError:
    """An import that cannot be made, for one reason."""
    return DefinitionError([placed(file, line, message, sheet)])


def placed(file: str, line: int, message: str, sheet: str = "") -> Problem:
    """A problem of a row or line of the source, which names the sheet where there are several."""
    return Problem(
        file,
        line,
        say("sheet '{sheet}': {message}", sheet=sheet, message=as_said(message)) if sheet else message,
    )


def clean(text: object) -> str:
    """A text on one line, without what no page can show."""
    kept = "".join(each if not unprintable(each) else " " for each in str(text if text is not None else ""))
    return " ".join(kept.split())


def slug(text: str, otherwise: str) -> str:
    """`text` as an id: small Latin letters, digits and hyphens, a letter first; `otherwise` if nothing is left."""
    plain = re.sub(r"[^a-z0-9]+", "-", in_latin_letters(text).lower()).strip("-")
    if not plain:
        return otherwise
    return _cut(plain if plain[0].isalpha() else f"{otherwise}-{plain}")


def _cut(name: str) -> str:
    """Between two words, where it is too long and has more than one."""
    if len(name) <= LONGEST_ID:
        return name
    return (name[: LONGEST_ID + 1].rpartition("-")[0] or name)[:LONGEST_ID].rstrip("-")


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
