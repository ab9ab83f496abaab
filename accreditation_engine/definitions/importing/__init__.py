"""Frameworks and tables of criteria from elsewhere, made into rubric files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..problems import DefinitionError, Problem
from ..reading import LARGEST_FILE, read_text
from ..rubric import Rubric
from ..rubric_checks import check_rubric
from ..said import listed, say
from .drafts import Draft, placed, refused
from .framework import read_framework
from .spreadsheet import read_table
from .writing import Written, write

TABLES = (".csv", ".xlsx")
LIBRARIES = (".yaml", ".yml")


def import_file(path: Path, *, file: str) -> tuple[Rubric, Written]:
    """The rubric that `path` comes to, and the text to keep it in, which passes all checks.

    Messages call the file `file`. Raises DefinitionError with what is wrong, and where in that file: also with
    what only shows once it is a rubric.
    """
    draft = _draft(path, file)
    written = write(draft)
    try:
        document = read_text(written.text, file=file)
    except DefinitionError as error:
        raise DefinitionError(_in_the_source(error.problems, written, draft)) from None
    flaws = [document.problem(flaw) for flaw in check_rubric(document.definition)]  # type: ignore[arg-type]
    if flaws or not isinstance(document.definition, Rubric):
        raise DefinitionError(_in_the_source(flaws, written, draft))
    return document.definition, written


def _in_the_source(problems: Iterable[Problem], written: Written, draft: Draft) -> Iterator[Problem]:
    """Problems of the text that was to be written, at the row or line of the source from which it came."""
    for each in problems:
        yield placed(each.file, written.line_in_source(each.line), each.message, draft.sheet)


def _draft(path: Path, file: str) -> Draft:
    kind = path.suffix.lower()
    if kind not in (*TABLES, *LIBRARIES):
        words = "a file of this kind is not known; give one of {kinds}"
        raise refused(file, 1, say(words, kinds=listed((*LIBRARIES, *TABLES))))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refused(file, 1, say("larger than {bytes} bytes", bytes=LARGEST_FILE))
        content = path.read_bytes()
    except OSError as error:
        raise refused(file, 1, say("cannot be read: {why}", why=error.strerror or error)) from error
    if kind in TABLES:
        return read_table(content, file=file, name=path.stem)
    try:
        return read_framework(content.decode("utf-8-sig"), file=file)
    except UnicodeDecodeError:
        raise refused(file, 1, say("not UTF-8 text; save the file as UTF-8")) from None
