"""Texts that anybody may have written, on paper: a letter that no font here has must not keep the page from being
set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from .typesetting import Attachment, TypesettingError, typeset

STAND_IN = "\ufffd"
"""Shown in the place of such a letter; one of our fonts has it."""

ROUNDS = 3
_NOT_SHOWN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


def typeset_with_stand_ins(
    template: str | Path,
    data: Mapping[str, Any],
    note: str | Mapping[str, str],
    *,
    timestamp: datetime | int,
    folders: Sequence[Path],
    assets: Mapping[str, str | bytes] | None = None,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """As `typeset`, with a stand-in for each letter that no font has; the template then finds `note`, which says
    so, in `data` as `stand_ins`, and "" where there is none."""
    shown: Any = {**data, "stand_ins": ""}
    rest: Any = {"timestamp": timestamp, "folders": folders, "assets": assets, "attachments": attachments}
    for _round in range(ROUNDS):
        try:
            return typeset(template, shown, **rest)
        except TypesettingError as error:
            missing = _missing(error.detail)
            if not missing:
                raise
            shown = {**_without(shown, missing), "stand_ins": note}
    return typeset(template, shown, **rest)


def _missing(detail: str) -> frozenset[str]:
    """The letters that an error of the typesetter names."""
    named = (_ESCAPED.sub(lambda each: chr(int(each[1], 16)), run) for run in _NOT_SHOWN.findall(detail))
    return frozenset(letter for run in named for letter in run if not letter.isascii())


def _without(said: Any, missing: frozenset[str]) -> Any:
    if isinstance(said, str):
        return "".join(STAND_IN if letter in missing else letter for letter in said)
    if isinstance(said, Mapping):
        return {name: _without(each, missing) for name, each in said.items()}
    return [_without(each, missing) for each in said] if isinstance(said, list) else said
