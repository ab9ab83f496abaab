"""What in a file was taken for what, as lines of plain text: a figure is worth no more than this is right."""

from __future__ import annotations

from collections.abc import Iterator

from .reading import RatingsFile
from .sentences import UNIT_COLUMNS
from .unit_columns import UnitColumn
from .words import isolated

NAMED_AT_MOST = 12
LABELS = {
    "en": {
        "raters": "Raters: {raters}",
        "more": "and {count} more",
        "numbers": "Raters: columns {raters}, as no line names them; with --header the first line does",
        "units": "Units: named by {columns}",
        "alone": "Units: no column names them; each line is one",
        "column": "column {column}, {why}",
        "no_units": "; --no-units takes it for a rater",
        "range": "Whether the ratings use only a small part of the scale cannot be told without"
        " --scale MINIMUM MAXIMUM",
        ",": ", ",
    },
    "ar": {
        "raters": "المراجعون: {raters}",
        "more": "وعدد غيرهم: {count}",
        "numbers": "المراجعون: الأعمدة {raters}، إذ لا سطر يسميهم؛ ومع {header} يسميهم السطر الأول",
        "units": "الوحدات: يسميها {columns}",
        "alone": "الوحدات: لا عمود يسميها؛ كل سطر وحدة",
        "column": "العمود {column}، {why}",
        "no_units": "؛ ومع {no_units} يعد من درجات المراجعين",
        "range": "لا يعرف هل استخدم جزء صغير فقط من المقياس إلا بإضافة {scale}",
        ",": "، ",
    },
}
_TYPED = {
    "header": "--header",
    "no_units": "--no-units",
    "units": "--units",
    "scale": "--scale MINIMUM MAXIMUM",
}


def taken_lines(file: RatingsFile, language: str) -> Iterator[str]:
    """In `language` ("ar" or "en"): the raters, the columns that name units and why they are taken so, and what
    cannot be told because the scale is not known."""
    say = _Speaker(language)
    yield say.raters(file)
    yield say.units(file.unit_columns)
    if file.table.scale is None and not any(isinstance(each, str) for each in file.table.values):
        yield say.line("range")


class _Speaker:
    def __init__(self, language: str) -> None:
        self.labels, self.reasons = LABELS[language], UNIT_COLUMNS[language]
        self.mark = isolated if language == "ar" else str

    def line(self, label: str, **values: str) -> str:
        typed = {name: self.mark(value) for name, value in _TYPED.items()}
        return self.labels[label].format(**typed | values)

    def raters(self, file: RatingsFile) -> str:
        units = {each.place for each in file.unit_columns}
        width = file.table.raters + len(units)
        names = file.raters or [str(place) for place in range(1, width + 1) if place not in units]
        shown = [self.mark(each) for each in names[:NAMED_AT_MOST]]
        if len(names) > NAMED_AT_MOST:
            shown.append(self.labels["more"].format(count=self.mark(str(len(names) - NAMED_AT_MOST))))
        return self.line("raters" if file.raters else "numbers", raters=self.labels[","].join(shown))

    def units(self, columns: tuple[UnitColumn, ...]) -> str:
        if not columns:
            return self.line("alone")
        said = self.line("units", columns=self.labels[","].join(map(self.column, columns)))
        guessed = any(each.why != "said" for each in columns)
        return said + (self.line("no_units") if guessed else "")

    def column(self, each: UnitColumn) -> str:
        name = f" ({self.mark(each.name)})" if each.name else ""
        typed = {name: self.mark(value) for name, value in _TYPED.items()}
        why = self.reasons[each.why].format(**typed)
        return self.line("column", column=self.mark(str(each.place)) + name, why=why)
