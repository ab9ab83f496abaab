"""What is wrong with a definition file, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from .said import Said, as_said, in_language, listed, say

Step = str | int | Decimal
Path = tuple[Step, ...]
"""Where something stands in a definition: the keys and list positions that lead to it, from the top."""


LONGEST = 600
"""Characters of a message: it may quote what the file says, and that may be anything."""


@dataclass(frozen=True, order=True)
class Problem:
    """One error, with the place to mend it. `line` counts from 1; `message` is kept to one line."""

    file: str
    line: int
    message: str

    def __post_init__(self) -> None:
        said = as_said(self.message)
        object.__setattr__(self, "message", Said(_one_line(said), _one_line(said.arabic)))

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """`file:line: message`, which editors know, with the message in `language` ("ar" or "en")."""
        return f"{self.file}:{self.line}: {in_language(self.message, language)}"


def _one_line(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= LONGEST else said[:LONGEST] + "..."


@dataclass(frozen=True)
class Flaw:
    """One error before its line is known."""

    path: Path
    message: str


class DefinitionError(Exception):
    """A definition file cannot be used. `problems` holds every reason, in the order of the lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(each) for each in self.problems))


def instead(word: object, known: Iterable[str]) -> Said:
    """What to write instead of `word`: the name that it resembles, or else all names there are."""
    names = sorted(known)
    near = get_close_matches(str(word), names, n=1, cutoff=0.6)
    if near:
        return say("did you mean '{near}'?", near=near[0])
    return say("known here: {names}", names=listed(names)) if names else say("none is known here")
