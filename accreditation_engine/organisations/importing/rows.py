"""A row of a table of organisations: what it says, in the codes that are stored, and what is wrong with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation

from accreditation_engine.definitions.plain_names import plain_name
from accreditation_engine.definitions.western import western
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.organisations.countries import country_typed
from accreditation_engine.organisations.registering import too_long
from accreditation_engine.organisations.sectors import Sector, Written

from .columns import COUNTRY, NAMES, NUMBER
from .sheets import DAY, FORMULA, SURPLUS, Table

CODED: dict[str, Any] = {"sector": Sector, "language": Written}
UNUSABLE = {FORMULA: "cell_formula", DAY: "cell_date"}
"""The reasons of cells that do not hold what somebody typed."""
LANGUAGES = ("ar", "en")
LIKE_A_DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}([ T][\d:.]+)?|(0?[1-9]|[12]\d|3[01])[/-](0?[1-9]|[12]\d|3[01])[/-](19|20)\d\d"
    r"|\d{1,2}[- ][A-Za-z]{3}([- ]\d{2,4})?|[A-Za-z]{3}-\d{2}"
)
"""What spreadsheets write into a CSV for a number that they took for a date."""
NAMED_AT_MOST = 5
"""Rows that a sentence names."""
_DIRECTION = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)


@dataclass(frozen=True)
class Row:
    """`line` is its number in the file; `values` by field, only what the row says anything of."""

    line: int
    values: Mapping[str, str]
    reasons: tuple[Reason, ...] = ()

    @property
    def number(self) -> str:
        return self.values.get(NUMBER, "")


def rows_of(table: Table) -> list[Row]:
    """Each row as it is understood; all that is wrong with one by itself, and numbers that stand there twice."""
    rows = [_row(line, cells) for line, cells in table.rows]
    lines: dict[str, list[int]] = defaultdict(list)
    for each in rows:
        if each.number:
            lines[each.number].append(each.line)
    return [_with_others(each, lines.get(each.number, [])) for each in rows]


def _with_others(row: Row, lines: list[int]) -> Row:
    others = [each for each in lines if each != row.line]
    if not others:
        return row
    twice = Reason("row_twice", {"rows": others[:NAMED_AT_MOST]})
    return Row(row.line, row.values, (*row.reasons, twice))


def _row(line: int, cells: Mapping[str, str]) -> Row:
    values: dict[str, str] = {}
    reasons: list[Reason] = []
    for name, cell in cells.items():
        text = " ".join(cell.translate(_DIRECTION).split())
        if name == SURPLUS:
            reasons.append(Reason("cell_surplus", {"value": "" if cell in UNUSABLE else text[:60]}))
        elif cell in UNUSABLE:
            reasons.append(Reason(UNUSABLE[cell], {"field": name}))
        elif text:
            values[name] = text
    if NUMBER in values:
        values[NUMBER] = western(values[NUMBER])
        if LIKE_A_DAY.fullmatch(values[NUMBER]):
            reasons.append(Reason("cell_date", {"field": NUMBER}))
    elif NUMBER not in {each.parameters.get("field") for each in reasons}:
        reasons.append(Reason("organisation_lacks", {"field": NUMBER}))
    reasons += _coded(values)
    reasons += [long for name, value in values.items() if (long := too_long(name, value))]
    return Row(line, values, tuple(reasons))


def _coded(values: dict[str, str]) -> Iterator[Reason]:
    """Put codes in the place of words; what is neither is wrong."""
    for name, listed in CODED.items():
        if name in values:
            code = _codes(listed).get(plain_name(values[name]))
            if code is None:
                yield Reason("organisation_unlisted", {"field": name, "value": values.pop(name)})
            else:
                values[name] = code
    if COUNTRY in values:
        typed = values.pop(COUNTRY)
        code = country_typed(typed)
        if code is None:
            yield Reason("country_unknown", {"value": typed})
        else:
            values[COUNTRY] = code


@lru_cache
def _codes(listed: Any) -> dict[str, str]:
    """The codes by themselves and by what they are called in either language."""
    found = {plain_name(code): code for code in listed.values}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {plain_name(str(label)): code for code, label in listed.choices}
    return found


def for_a_new_one(values: Mapping[str, str]) -> dict[str, str]:
    """What an organisation is registered with: a name that is given in one language stands for the other."""
    given = next((values[name] for name in NAMES if values.get(name)), "")
    return {**dict.fromkeys(NAMES, given), **values}
