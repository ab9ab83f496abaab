"""Which columns of a table name its units, and are no rater's.

Tables that people keep have such a column: what they rated, or a running number. Taken for ratings it makes any
figure worthless, so it is looked for; and because that can be wrong, what was taken for what is always said, and
where a column could as well be either, nothing is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from accreditation_engine.definitions.plain_names import plain_name
from accreditation_engine.scoring.file_problems import FileProblem, RatingsFileError, refused
from accreditation_engine.scoring.ratings import as_number, shown

from .table import Level

Why = Literal[
    "said",  # by whoever reads the file
    "called",  # the column is called like what is rated
    "numbered",  # the first column counts the lines, beyond what anybody rated
    "words",  # the first column holds words where others hold ratings
]
COUNTED, SURELY = 3, 5
"""Lines from which on a column that counts them may be no rater's, and from which on it surely is none."""
_THINGS = [
    "unit",
    "units",
    "item",
    "items",
    "object",
    "objects",
    "subject",
    "subjects",
    "target",
    "targets",
    "case",
    "cases",
    "row",
    "line",
    "entry",
    "record",
    "dossier",
    "dossiers",
    "file",
    "files",
    "application",
    "applications",
    "organisation",
    "organisations",
    "organization",
    "organizations",
    "ngo",
    "ngos",
    "association",
    "institution",
    "criterion",
    "criteria",
    "question",
]
_THINGS_IN_ARABIC = [
    "وحدة",
    "الوحدة",
    "الوحدات",
    "بند",
    "البند",
    "البنود",
    "حالة",
    "الحالة",
    "الحالات",
    "سطر",
    "السطر",
    "صف",
    "الصف",
    "ملف",
    "الملف",
    "الملفات",
    "طلب",
    "الطلب",
    "الطلبات",
    "منظمة",
    "المنظمة",
    "المنظمات",
    "جمعية",
    "الجمعية",
    "الجمعيات",
    "مؤسسة",
    "المؤسسة",
    "المؤسسات",
    "جهة",
    "الجهة",
    "معيار",
    "المعيار",
    "المعايير",
    "سؤال",
    "السؤال",
]
_MARKS = ["id", "code", "ref", "reference", "no", "no.", "nr", "nr.", "number", "#", "name"]
_MARKS_IN_ARABIC = [
    "رقم",
    "الرقم",
    "م",
    "م.",
    "مسلسل",
    "المسلسل",
    "كود",
    "الكود",
    "رمز",
    "الرمز",
    "معرف",
    "المعرف",
    "اسم",
    "الاسم",
]
_CALLED = {
    plain_name(each)
    for each in (
        *_THINGS,
        *_THINGS_IN_ARABIC,
        *(f"{thing} {mark}" for thing in _THINGS for mark in _MARKS),
        *(f"{mark} {thing}" for thing in _THINGS_IN_ARABIC for mark in _MARKS_IN_ARABIC),
    )
}
_CALLED_FIRST = {plain_name(each) for each in (*_MARKS, *_MARKS_IN_ARABIC)} | {""}
"""What the first column is called; further on a rater may be. Statistics programs leave it without a name."""


@dataclass(frozen=True)
class UnitColumn:
    """`place` counts from 1; `name` is empty where the file names no columns."""

    place: int
    name: str
    why: Why

    def as_json(self) -> dict[str, object]:
        return {"column": self.place, "name": self.name or None, "why": self.why}


@dataclass(frozen=True)
class Columns:
    """All columns of a file. `names` is None where it names none, `scale` where the ratings' is not known."""

    names: Sequence[str] | None
    rows: Sequence[Sequence[str]]
    level: Level
    scale: tuple[float, float] | None

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def name(self, place: int) -> str:
        return self.names[place] if self.names else ""

    def said(self, place: int) -> str:
        """What names the column on the command line, without quotes."""
        name = self.name(place)
        return name if re.fullmatch(r"[\w.-]+", name) else str(place + 1)

    def cells(self, place: int) -> list[str]:
        return [row[place] for row in self.rows]


def is_called_after_units(name: str, *, first: bool) -> bool:
    plain = plain_name(name)
    return plain in _CALLED or (first and plain in _CALLED_FIRST)


def unit_columns(columns: Columns, said: Sequence[str], *, look: bool) -> tuple[UnitColumn, ...]:
    """Those that name units: the `said` ones, by name or number, and, if one should `look`, what looks like it.

    Raises RatingsFileError for what is said of no column, and for a first column that may be ratings as well.
    """
    found: dict[int, Why] = {_place(columns, each): "said" for each in said}
    if look:
        for place, name in enumerate(columns.names or ()):
            if is_called_after_units(name, first=place == 0):
                found.setdefault(place, "called")
        if 0 not in found and (why := _of_the_first(columns, set(found))):
            found[0] = why
    return tuple(UnitColumn(place + 1, columns.name(place), found[place]) for place in sorted(found))


def _place(columns: Columns, said: str) -> int:
    names = [plain_name(each) for each in columns.names or ()]
    if plain_name(said) in names:
        return names.index(plain_name(said))
    number = as_number(said)
    if number is not None and number in range(1, columns.width + 1):
        return int(number) - 1
    known = ", ".join(_place_and_name(columns, each) for each in range(min(columns.width, 10)))
    raise refused("no_such_column", name=shown(said), columns=known)


def _place_and_name(columns: Columns, place: int) -> str:
    return f"{place + 1} ({shown(columns.name(place))})" if columns.names else str(place + 1)


def _of_the_first(columns: Columns, taken: set[int]) -> Why | None:
    first = columns.cells(0)
    others = [columns.cells(place) for place in range(1, columns.width) if place not in taken]
    if _are_names(first, others, columns.level):
        return "words"
    return "numbered" if len(others) > 1 and _counts_lines(columns, first, others) else None


def _are_names(first: list[str], others: list[list[str]], level: Level) -> bool:
    if not all(first) or any(as_number(cell) is not None for cell in first):
        return False
    ratings = {cell for column in others for cell in column if cell}
    if ratings and all(as_number(cell) is not None for cell in ratings):
        return True
    distinct = len(set(first)) == len(first) >= COUNTED and len(others) > 1
    return level == "nominal" and distinct and not ratings.intersection(first)


def _counts_lines(columns: Columns, first: list[str], others: list[list[str]]) -> bool:
    """Whether the `first` column surely does; refused where it may be ratings too."""
    numbers = [as_number(cell) for cell in first]
    if len(first) < COUNTED or None in numbers:
        return False
    least = min(each for each in numbers if each is not None)
    in_order = numbers == [least + line for line in range(len(first))]
    if not in_order and set(numbers) != {least + line for line in range(len(first))}:
        return False
    if least in (0, 1) and _is_beyond(columns, least + len(first) - 1, others):
        return True
    if in_order:
        units = f"--units {shown(columns.said(0))}"
        name = shown(columns.name(0))
        raise RatingsFileError([FileProblem("numbers_or_ratings", {"units": units}, None, 1, name)])
    return False


def _is_beyond(columns: Columns, number: Decimal, others: list[list[str]]) -> bool:
    """Whether `number` is greater than any rating, with enough lines or a scale to be sure of it."""
    if columns.scale:
        return number > columns.scale[1]
    ratings = [as_number(cell) for column in others for cell in column]
    most = max((each for each in ratings if each is not None), default=None)
    return len(columns.rows) >= SURELY and (most is None or number > most)
