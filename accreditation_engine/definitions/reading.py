"""Read one definition file. Its shape is checked here, its meaning in the modules named `..._checks`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from .explaining import flaws_of
from .mending import mended
from .problems import DefinitionError, Flaw, Path, Problem, Step, instead
from .rubric import Rubric
from .said import Said, say
from .workflow import Workflow
from .yaml_tree import Node, read_tree

Definition = Rubric | Workflow
KINDS: dict[str, type[Rubric] | type[Workflow]] = {"rubric": Rubric, "workflow": Workflow}
LARGEST_FILE = 4_000_000
"""Bytes. A rubric of 5,000 criteria in both languages has about a third of this."""


@dataclass(frozen=True)
class Document:
    """A definition and where each part of it stands in its file."""

    file: str
    definition: Definition
    root: Node

    def line(self, *path: Step) -> int:
        """The line of what `path` leads to, as ("states", "draft", "title"); of its holder when missing."""
        return self.root.line_at(path)

    def problem(self, flaw: Flaw) -> Problem:
        return Problem(self.file, self.root.line_at(flaw.path), flaw.message)


@dataclass(frozen=True)
class Attempt:
    """What came of reading a file: all its problems, and the document as far as it could be understood.

    `document` may be there beside problems; then it is good for further checks and for nothing else.
    `kind` and `id` are what the file says it is, None where it does not say.
    """

    file: str
    problems: tuple[Problem, ...]
    document: Document | None = None
    kind: str | None = None
    id: Any = None
    line_of_id: int = 1


def read_text(text: str | bytes, *, file: str) -> Document:
    """Read a definition. Raises DefinitionError with all that is wrong with its shape."""
    return _usable(attempt_text(text, file=file))


def read_file(path: FilePath, *, file: str | None = None) -> Document:
    """As `read_text`, for a file that messages call `file`. A file that cannot be opened is a problem."""
    return _usable(attempt_file(path, file=file))


def _usable(attempt: Attempt) -> Document:
    if attempt.problems or attempt.document is None:
        raise DefinitionError(attempt.problems)
    return attempt.document


def attempt_file(path: FilePath, *, file: str | None = None) -> Attempt:
    """As `read_file`, but problems are returned, not raised."""
    name = file or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            return _failed(name, 1, _TOO_LARGE)
        return attempt_text(path.read_bytes(), file=name)
    except OSError as error:
        return _failed(name, 1, say("cannot be read: {why}", why=error.strerror or error))


def attempt_text(text: str | bytes, *, file: str) -> Attempt:
    """As `read_text`, but problems are returned, not raised."""
    try:
        root, problems = read_tree(_decoded(text, file), file=file)
        kind = _kind(root, file, problems)
    except DefinitionError as error:
        return Attempt(file, error.problems)
    definition, flaws = _read(root, KINDS[kind])
    problems += [Problem(file, root.line_at(flaw.path), flaw.message) for flaw in flaws]
    document = None if definition is None else Document(file, definition, root)
    said, line = root.node_at((kind,)).value, root.line_at((kind,))
    return Attempt(file, tuple(sorted(set(problems))), document, kind, said, line)


_TOO_LARGE = say(
    "larger than {bytes} bytes; a definition is a text that somebody can read", bytes=LARGEST_FILE
)
_START = say("start with 'rubric: some-id' or 'workflow: some-id'")


def _failed(file: str, line: int, message: str) -> Attempt:
    return Attempt(file, (Problem(file, line, message),))


def _decoded(text: str | bytes, file: str) -> str:
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if len(raw) > LARGEST_FILE:
        raise DefinitionError([Problem(file, 1, _TOO_LARGE)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        words = say("not UTF-8 text; save the file as UTF-8")
        raise DefinitionError([Problem(file, line, words)]) from error


def _kind(root: Node, file: str, problems: Iterable[Problem]) -> str:
    """Which of the two kinds the top of the file says it is."""
    if root.children is None or root.listed:
        message = say("the top of the file must be 'key: value' lines; {start}", start=_START)
        raise DefinitionError([*problems, Problem(file, root.line, message)])
    kinds = [kind for kind in KINDS if kind in root.children]
    if len(kinds) != 1:
        raise DefinitionError([*problems, Problem(file, root.line, _which(root, kinds))])
    return kinds[0]


def _which(root: Node, kinds: list[str]) -> Said:
    if kinds:
        return say("both 'rubric:' and 'workflow:' stand here; a file holds one of them")
    for key in root.children or ():
        if (hint := instead(key, KINDS)).startswith("did"):
            return say("unknown key '{key}'; {instead}", key=key, instead=hint)
    return say("neither 'rubric:' nor 'workflow:' stands here; {start}", start=_START)


def _read(root: Node, model: type[Rubric] | type[Workflow]) -> tuple[Any, list[Flaw]]:
    data = root.plain()
    try:
        return model.model_validate(data, by_name=False), []
    except ValidationError as error:
        return mended(data, error, model), flaws_of(error, model, root)


__all__ = [
    "Attempt",
    "Definition",
    "Document",
    "Path",
    "attempt_file",
    "attempt_text",
    "read_file",
    "read_text",
]
