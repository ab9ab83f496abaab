"""What `say` says in Arabic, by its English sentence. Placeholders have the same names in both.

What is typed as it stands, a key or a number, is in backticks here, which become isolates from left to right.
"""

from __future__ import annotations

import re

from . import importing, reading, rubrics, rules, workflows

_TYPED = re.compile(r"`([^`]*)`")

ARABIC: dict[str, str] = {
    english: _TYPED.sub("\u2066\\1\u2069", arabic)
    for part in (reading, rubrics, workflows, rules, importing)
    for english, arabic in part.ARABIC.items()
}
