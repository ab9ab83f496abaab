"""Where definition files lie, and how to call them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from accreditation_engine.definitions.checking import files_in
from accreditation_engine.definitions.problems import Flaw, Problem
from accreditation_engine.definitions.reading import attempt_file
from accreditation_engine.definitions.said import in_language


def shipped(kind: str) -> list[Path]:
    """The files of this installation: `kind` is "rubric" or "workflow"."""
    folder = Path(settings.RUBRICS_DIR if kind == "rubric" else settings.WORKFLOWS_DIR)
    return files_in(folder) if folder.is_dir() else []


def locate(kind: str, wanted: str) -> Path | None:
    """The file that `wanted` means: a path to one, or the id of a definition of this installation."""
    if Path(wanted).is_file():
        return Path(wanted)
    named = [path for path in shipped(kind) if path.stem == wanted]
    others = [path for path in shipped(kind) if path.stem != wanted]
    return next((path for path in [*named, *others] if _is(path, kind, wanted)), None)


def _is(path: Path, kind: str, wanted: str) -> bool:
    attempt = attempt_file(path)
    return (attempt.kind, attempt.id) == (kind, wanted)


def rubrics_near(paths: Iterable[Path]) -> list[Path]:
    """Files that may hold the rubrics of the workflows in `paths`, the nearest first: beside them, in a
    folder `rubrics` in or beside theirs, and those of this installation."""
    folders = [path.resolve().parent for path in paths]
    near = [each for folder in folders for each in (folder, folder / "rubrics", folder.parent / "rubrics")]
    found = [file for folder in dict.fromkeys(near) for file in sorted(folder.glob("*.y*ml"))]
    return list(dict.fromkeys([*found, *shipped("rubric")]))


def in_words(problem: Problem) -> str:
    """`file:line: message`, with the message in the language that is spoken now."""
    return problem.in_language(get_language() or "en")


def message_of(problem: Problem | Flaw) -> str:
    """The message alone, in the language that is spoken now."""
    return in_language(problem.message, get_language() or "en")


def shown(path: Path) -> str:
    """`path` as messages call it: relative to the working folder when it is below."""
    absolute, here = path.absolute(), Path.cwd()
    return str(absolute.relative_to(here)) if absolute.is_relative_to(here) else str(path)
