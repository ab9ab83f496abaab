"""Makes a draft of a table of criteria: columns area, criterion, weight and guidance, in Arabic, English or both.

A text under a name without a language is in the language of its letters. An empty area is that of the row above,
as in merged cells, and so is the criterion of a row that has nothing but guidance. An area weighs what its
criteria weigh, unless a column `area weight` says otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..problems import DefinitionError, Problem
from .drafts import Draft, DraftArea, DraftCriterion, clean, refused, slug
from .library_texts import joined
from .losses import Loss
from .sheets import MOST_ROWS, Table, table_in

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_NUMBER = re.compile(r"[0-9٠-٩۰-۹]{1,10}(\.[0-9٠-٩۰-۹]{1,10})?")
_COMMA = re.compile(r"[0-9٠-٩۰-۹]+[,،][0-9٠-٩۰-۹]+")
_PERCENT = re.compile(r"[0-9٠-٩۰-۹.]+ ?[%٪]")


def read_table(content: bytes, *, file: str, name: str) -> Draft:
    """The criteria in an xlsx or csv file, in its first table of them. `name` is what the rubric is called.

    Raises DefinitionError with all that is wrong: no columns, formulas, weights that are no numbers, criteria
    without an area.
    """
    return _Reader(file, name).draft(table_in(content, file))


@dataclass
class _Reader:
    file: str
    name: str
    areas: dict[str, DraftArea] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lost: Counter[Loss] = field(default_factory=Counter)

    def draft(self, table: Table) -> Draft:
        self.lost.update(table.lost)
        self.lost.update(
            Loss("column", clean(each))
            for each, column in zip(table.header[1], table.columns, strict=True)
            if clean(each) and not column
        )
        area = ""
        for line, cells in table.rows:
            if line > MOST_ROWS:
                raise refused(self.file, line, f"more than {MOST_ROWS} rows; import a part at a time")
            row = {column: each for column, each in zip(table.columns, cells, strict=False) if column}
            if any(clean(each) for each in row.values()):
                area = self.row(line, row, area)
        if self.problems:
            raise DefinitionError(self.problems)
        filled = [each for each in self.areas.values() if each.parts]
        self.lost[Loss("empty_areas")] += len(self.areas) - len(filled)
        if not filled:
            raise refused(self.file, table.header[0], "no criteria stand beneath the columns' names")
        return self.drafted(filled)

    def drafted(self, areas: list[DraftArea]) -> Draft:
        self.lost[Loss("scale_of_table")] += 1
        title = {_language(self.name): clean(self.name)}
        source = f"Imported from a table of criteria, {clean(self.name)}"
        ends = (Decimal(0), Decimal(4))
        return Draft(slug(self.name, "rubric"), "1", title, source, areas, *ends, {}, self.lost)

    def row(self, line: int, row: dict[str, Any], area: str) -> str:
        """Take in one row; gives the area that the next row is in if it names none."""
        for column, cell in row.items():
            if isinstance(cell, str) and cell.lstrip().startswith("="):
                self.wrong(line, f"a formula stands under '{column}'; paste its value instead")
        titles = _texts(row, "area")
        key = " / ".join(titles.values()) or area
        if not key:
            self.wrong(line, "this row has no area, and none above it")
            return key
        if key not in self.areas:
            self.areas[key] = DraftArea("", titles, weight=self.weight(line, row.get("area_weight")))
        if _texts(row, "criterion"):
            self.areas[key].parts.append(self.criterion(line, row))
        elif titles or not self.continued(self.areas[key], _texts(row, "guidance")):
            self.lost[Loss("rows")] += 1
        return key

    def criterion(self, line: int, row: dict[str, Any]) -> DraftCriterion:
        weight = self.weight(line, row.get("weight"))
        return DraftCriterion(
            clean(row.get("id")),
            _texts(row, "criterion"),
            _texts(row, "guidance"),
            Decimal(1) if weight is None else weight,
        )

    def continued(self, area: DraftArea, guidance: dict[str, str]) -> bool:
        """Whether a row without a criterion was more guidance for the one above it."""
        above = area.parts[-1] if area.parts else None
        if not guidance or not isinstance(above, DraftCriterion):
            return False
        above.guidance = joined([above.guidance, guidance])
        return True

    def weight(self, line: int, cell: Any) -> Decimal | None:
        """A number from 0 up; None where the cell is empty."""
        text = clean(cell).replace("٫", ".")
        if not text or text.startswith("="):
            return None
        if isinstance(cell, bool) or not _NUMBER.fullmatch(text):
            self.wrong(line, f"the weight '{text}' is no number; {_remedy(text)}")
            return None
        return Decimal(text)

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))


def _remedy(text: str) -> str:
    if _COMMA.fullmatch(text):
        return "write it with a point, as 2.5"
    if _PERCENT.fullmatch(text):
        return "write it without the percent sign"
    return "write for example 2 or 0.5"


def _texts(row: dict[str, Any], column: str) -> dict[str, str]:
    found = {language: clean(row.get(f"{column}_{language}")) for language in ("ar", "en")}
    plain = clean(row.get(column))
    if plain and not found[_language(plain)]:
        found[_language(plain)] = plain
    return {language: text for language, text in found.items() if text}


def _language(text: str) -> str:
    return "ar" if _ARABIC.search(text) else "en"
