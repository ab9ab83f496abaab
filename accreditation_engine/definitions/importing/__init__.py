"""Frameworks and tables of criteria from elsewhere, made into rubric files."""

from __future__ import annotations

from pathlib import Path

from ..problems import DefinitionError
from ..reading import LARGEST_FILE, read_text
from ..rubric import Rubric
from ..rubric_checks import check_rubric
from .drafts import Draft, refused
from .framework import read_framework
from .spreadsheet import read_table
from .writing import Written, write

TABLES = (".csv", ".xlsx")
LIBRARIES = (".yaml", ".yml")


def import_file(path: Path, *, file: str) -> tuple[Rubric, Written]:
    """The rubric that `path` comes to, and the text to keep it in, which passes all checks.

    Messages call the file `file`. Raises DefinitionError with what is wrong, and where.
    """
    written = write(_draft(path, file))
    document = read_text(written.text, file=f"{file} as a rubric")
    flaws = [document.problem(flaw) for flaw in check_rubric(document.definition)]  # type: ignore[arg-type]
    if flaws or not isinstance(document.definition, Rubric):
        raise DefinitionError(flaws)
    return document.definition, written


def _draft(path: Path, file: str) -> Draft:
    kind = path.suffix.lower()
    if kind not in (*TABLES, *LIBRARIES):
        raise refused(
            file, 1, f"a file of this kind is not known; give one of {', '.join((*LIBRARIES, *TABLES))}"
        )
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refused(file, 1, f"larger than {LARGEST_FILE} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise refused(file, 1, f"cannot be read: {error.strerror or error}") from error
    if kind in TABLES:
        return read_table(content, file=file, name=path.stem)
    try:
        return read_framework(content.decode("utf-8-sig"), file=file)
    except UnicodeDecodeError:
        raise refused(file, 1, "not UTF-8 text; save the file as UTF-8") from None
