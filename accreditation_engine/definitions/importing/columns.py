"""What the columns of a table of criteria are called, in Arabic and in English, and the row that names them.

A column's name may end in the language, as `area_ar` or "criterion (en)". The Arabic names of the glossary are
known, with their plurals, and however the letters are written: with or without vowel signs, hamza, or the dots of
a yeh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from accreditation_engine.definitions.plain_names import plain_name

from .drafts import clean

NEEDED = ("area", "criterion")
CONTENTS = ("area", "criterion", "guidance")
"""Columns that may say a language."""
_ENGLISH = {
    "area": ("area", "areas", "domain"),
    "criterion": ("criterion", "criteria", "requirement"),
    "weight": ("weight", "weights"),
    "guidance": ("guidance", "guidelines"),
    "id": ("id", "code", "ref"),
    "area_weight": ("area weight", "weight of area", "weight of the area"),
}
_ARABIC = {
    "area_ar": ("المجال", "المجالات", "مجال"),
    "criterion_ar": ("المعيار", "المعايير", "معيار"),
    "weight": ("الوزن النسبي", "الوزن", "الأوزان النسبية", "وزن المعيار"),
    "guidance_ar": ("إرشادات", "الإرشادات", "إرشادات التقييم"),
    "id": ("الرمز", "رمز المعيار", "المعرف"),
    "area_weight": ("وزن المجال", "الوزن النسبي للمجال"),
}
_WITH_LANGUAGE = re.compile(r"(?P<name>.+?)[ (\[-]+(?P<language>ar|en)[)\]]*")


def columns_of(cells: Sequence[Any]) -> list[str] | None:
    """What each column holds where `cells` name the columns, "" for one that is not known; None where they do not:
    a row names columns when an area and a criterion are among them."""
    found = [column_called(clean(each)) for each in cells]
    kinds = {each.partition("_")[0] for each in found if each != "area_weight"}
    return found if kinds.issuperset(NEEDED) else None


def column_called(name: str) -> str:
    """The column that `name` means: "area", "area_ar", "weight" ...; "" for any other."""
    plain = _plain(name)
    if plain in _KNOWN:
        return _KNOWN[plain]
    match = _WITH_LANGUAGE.fullmatch(plain)
    if match is None:
        return ""
    known = _KNOWN.get(match["name"].strip(), "").partition("_")[0]
    return f"{known}_{match['language']}" if known in CONTENTS else ""


def _plain(name: str) -> str:
    """A name as it is compared, without the unit that may follow it."""
    return plain_name(name).removesuffix("(%)").rstrip()


_KNOWN = {_plain(name): column for column, names in [*_ENGLISH.items(), *_ARABIC.items()] for name in names}
