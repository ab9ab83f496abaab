"""Names of branches or programmes in a text, one a line, in the one form in which a draw takes them.

A draw is by the characters of a name, so two that look alike must be alike: composed as Unicode's NFC has it,
single blanks, and none of the marks that are copied along unseen. Digits stay as they were typed, but name the
same branch whichever they are: «فرع ٣» is «فرع 3».
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from accreditation_engine.written import is_seen

_UNSEEN = re.compile("[\0\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_DIGITS = re.compile(r"(\d+)")


def unit_names(text: str) -> list[str]:
    """The names in `text`, in its order; empty lines name nothing."""
    return [name for name in map(unit_name, text.splitlines()) if name]


def unit_name(line: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", line)).split())
    return name if is_seen(name) else ""


def unit_key(name: str) -> str:
    """What `name` is compared by: its digits are 0 to 9, whichever they were typed in."""
    return _DIGITS.sub(lambda run: "".join(str(unicodedata.decimal(each)) for each in run[0]), name)


def in_natural_order(names: Iterable[str]) -> list[str]:
    """As people count: 2 before 10, and «فرع ٢» before «فرع 10»."""
    return sorted(names, key=lambda name: (_parts(name), name))


def _parts(name: str) -> list[tuple[int, str]]:
    """Text and numbers by turns. A number is as great as it is long, and then as its digits say."""
    return [
        (len(part.lstrip("0")), part.lstrip("0")) if place % 2 else (0, part)
        for place, part in enumerate(_DIGITS.split(unit_key(name)))
    ]


def spelt_as_in(names: Iterable[str]) -> Mapping[str, str]:
    """Each of `names` by its key: however a name is typed elsewhere, here is how it stands in this list."""
    return {unit_key(name): name for name in names}


def named_again(names: Iterable[str]) -> list[str]:
    """Those that name a branch which another line has named, in every spelling, each once."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in names:
        spellings[unit_key(name)].append(name)
    return [name for each in spellings.values() if len(each) > 1 for name in dict.fromkeys(each)]
