"""Makes a draft of a table of criteria: columns area, criterion, weight and guidance, in Arabic, English or both.

A text under a name without a language is in the language of its letters. An empty area is that of the row above,
as in merged cells, and so is the criterion of a row that has nothing but guidance. An area weighs what its
criteria weigh, unless a column `area weight` says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..base import as_text
from ..plain_names import plain_name
from ..problems import DefinitionError, Problem
from ..said import say
from .drafts import Draft, DraftArea, DraftCriterion, clean, placed, refused, slug
from .library_texts import joined
from .losses import Loss, Losses
from .sheets import MOST_ROWS, Table, table_in
from .weights import weight_in

_ARABIC = re.compile(r"[\u0600-\u06ff]")


def read_table(content: bytes, *, file: str, name: str) -> Draft:
    """The criteria in an xlsx or csv file, in its first table of them. `name` is what the rubric is called.

    Raises DefinitionError with all that is wrong: no columns, formulas, weights that are no numbers, areas with
    two weights, criteria without an area.
    """
    table = table_in(content, file)
    return _Reader(file, name, table).draft()


@dataclass
class _Reader:
    file: str
    name: str
    table: Table
    areas: list[DraftArea] = field(default_factory=list)
    called: dict[tuple[str, str], DraftArea] = field(default_factory=dict)
    weighed: dict[int, int] = field(default_factory=dict)
    """By the identity of an area, the row that gave its weight."""
    problems: list[Problem] = field(default_factory=list)
    lost: Losses = field(default_factory=Losses)

    def draft(self) -> Draft:
        table = self.table
        self.lost.take(table.lost)
        for each, column in zip(table.header[1], table.columns, strict=True):
            if clean(each) and not column:
                self.lost.add(Loss("column", clean(each)))
        area: DraftArea | None = None
        for line, cells in table.rows:
            if line > MOST_ROWS:
                words = say("more than {most} rows; import a part at a time", most=MOST_ROWS)
                raise refused(self.file, line, words, table.sheet)
            row = {column: each for column, each in zip(table.columns, cells, strict=False) if column}
            if any(clean(each) for each in row.values()):
                area = self.row(line, row, area)
        if self.problems:
            raise DefinitionError(self.problems)
        filled = [each for each in self.areas if each.parts]
        self.lost.add(Loss("empty_areas"), len(self.areas) - len(filled))
        if not filled:
            words = say("no criteria stand beneath the columns' names")
            raise refused(self.file, table.header[0], words, table.sheet)
        return self.drafted(filled)

    def drafted(self, areas: list[DraftArea]) -> Draft:
        self.lost.add(Loss("scale_of_table"))
        title = {_language(self.name): clean(self.name)}
        source = f"Imported from a table of criteria, {clean(self.name)}"
        return Draft(
            slug(self.name, "rubric"),
            "1",
            title,
            source,
            areas,
            Decimal(0),
            Decimal(4),
            lost=self.lost,
            line=self.table.header[0],
            sheet=self.table.sheet,
        )

    def row(self, line: int, row: dict[str, Any], above: DraftArea | None) -> DraftArea | None:
        """Take in one row; gives the area that the next row is in if it names none."""
        for column, cell in row.items():
            if isinstance(cell, str) and cell.lstrip().startswith("="):
                words = "a formula stands under '{column}'; paste its value instead"
                self.wrong(line, say(words, column=column))
        titles = _texts(row, "area")
        area = self.area(line, titles) if titles else above
        if area is None:
            self.wrong(line, say("this row has no area, and none above it"))
            return None
        self.weigh(area, line, row.get("area_weight"))
        if _texts(row, "criterion"):
            if not titles:
                self.lost.add(Loss("area_above"), line=line)
            area.parts.append(self.criterion(line, row))
        elif titles or not self.continued(area, _texts(row, "guidance")):
            self.lost.add(Loss("rows"), line=line)
        return area

    def area(self, line: int, titles: dict[str, str]) -> DraftArea:
        """The area of those titles, however they are spelled: one in two languages is known by either of them."""
        names = [(language, plain_name(title)) for language, title in titles.items()]
        known = next((self.called[each] for each in names if each in self.called), None)
        if known is None or any(plain_name(known.title.get(one, other)) != other for one, other in names):
            known = DraftArea("", titles, line=line)
            self.areas.append(known)
        for language, title in titles.items():
            if known.title.get(language, title) != title:
                self.lost.add(Loss("same_area", title), line=line)
        known.title = {**titles, **known.title}
        for each in names:
            self.called[each] = known
        return known

    def weigh(self, area: DraftArea, line: int, cell: Any) -> None:
        """Give an area its weight, which any of its rows may have, and all that have one alike."""
        weight = self.weight(line, cell)
        if weight is None:
            return
        if area.weight is not None and area.weight != weight:
            values = {"first": as_text(area.weight), "row": self.weighed[id(area)], "second": as_text(weight)}
            words = "area '{area}' weighs {first} in row {row} and {second} here; keep one of them"
            self.wrong(line, say(words, area=next(iter(area.title.values())), **values))
        area.weight = weight
        self.weighed[id(area)] = line

    def criterion(self, line: int, row: dict[str, Any]) -> DraftCriterion:
        weight = self.weight(line, row.get("weight"))
        if weight is None:
            self.lost.add(Loss("no_weight"), line=line if "weight" in self.table.columns else None)
        return DraftCriterion(
            clean(row.get("id")),
            _texts(row, "criterion"),
            _texts(row, "guidance"),
            Decimal(1) if weight is None else weight,
            line,
        )

    def continued(self, area: DraftArea, guidance: dict[str, str]) -> bool:
        """Whether a row without a criterion was more guidance for the one above it."""
        above = area.parts[-1] if area.parts else None
        if not guidance or not isinstance(above, DraftCriterion):
            return False
        above.guidance = joined([above.guidance, guidance])
        return True

    def weight(self, line: int, cell: Any) -> Decimal | None:
        """A number from 0 up; None where the cell is empty, or holds none."""
        weight = None if str(cell or "").lstrip().startswith("=") else weight_in(cell)
        if weight is not None and weight.trouble:
            self.wrong(line, weight.refusal())
            return None
        return None if weight is None else weight.number

    def wrong(self, line: int, message: str) -> None:
        self.problems.append(placed(self.file, line, message, self.table.sheet))


def _texts(row: dict[str, Any], column: str) -> dict[str, str]:
    found = {language: clean(row.get(f"{column}_{language}")) for language in ("ar", "en")}
    plain = clean(row.get(column))
    if plain and not found[_language(plain)]:
        found[_language(plain)] = plain
    return {language: text for language, text in found.items() if text}


def _language(text: str) -> str:
    return "ar" if _ARABIC.search(text) else "en"
