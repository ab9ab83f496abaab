"""What a file is called here."""

from __future__ import annotations

from pathlib import PurePath

LONGEST = 200
LONGEST_ENDING = 20  # whatever stands behind a dot and is longer is no ending


def clean_name(name: str) -> str:
    """The file's name without folders and without characters that are not seen, at most 200 long; the ending
    stays. (A right-to-left override makes an .exe look like a .pdf.)"""
    seen = PurePath("".join(each for each in name.replace("\\", "/") if each.isprintable())).name
    suffix = PurePath(seen).suffix
    ending = suffix if len(suffix) <= LONGEST_ENDING else ""
    return seen if len(seen) <= LONGEST else seen[: LONGEST - len(ending)] + ending
