"""Values inside a sentence that may run the other way: numbers of files, Latin names in Arabic, Arabic in English.

`_("The file %(number)s is open.") % isolated({"number": number})` is how every sentence takes its values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language_bidi

FIRST_STRONG, POP = "\u2068", "\u2069"
_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def isolated(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with each text that could disturb the order of the sentence around it in an isolate."""
    return {name: isolate(value) if isinstance(value, str) else value for name, value in values.items()}


def isolate(text: str) -> str:
    """The same for one text. An address stays as it is, so that mail programs know it for one; a list whose
    parts are isolated needs no more."""
    if "://" in text or FIRST_STRONG in text:
        return text
    foreign = _LATIN_OR_DIGIT if get_language_bidi() else _RIGHT_TO_LEFT
    return f"{FIRST_STRONG}{text}{POP}" if foreign.search(text) else text
