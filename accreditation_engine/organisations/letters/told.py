"""What letters say: each kind has a function that puts its letters into words for one reader, as it may be now.

@told_in_mail("step")
def _steps(letters, readings): ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.parts import Parts

from .models import Letter


@dataclass(frozen=True)
class Reading:
    """A dossier in the eyes of one reader, at the moment of sending: its row, the parts that they play for it, and
    what may be seen of it. `outside`: somebody of the organisation and nothing else. `opens`: whether they can
    open its page; an administrator to whom something is escalated cannot."""

    dossier: Any
    parts: Parts
    things: frozenset[str]
    outside: bool
    opens: bool = True

    @property
    def scheme(self) -> Compiled:
        return compiled(self.dossier.edition_id)

    def sees(self, thing: str) -> bool:
        return thing in self.things

    def plays(self, letter: Letter) -> bool:
        """Whether the reader may still act in the part in which they are told."""
        return not letter.role or letter.role in self.parts.acting


Readings = Mapping[UUID, Reading]
Told = Mapping[UUID, str]
"""Sentences by the ids of letters. What is not among them is not told any more, and is dropped."""
Tell = Callable[[Sequence[Letter], Readings], Told]

_tellers: dict[str, Tell] = {}


def may_know(letter: Letter, readings: Readings, thing: str) -> bool:
    """Whether the reader plays the part in which the letter tells them still, and sees `thing` of its dossier."""
    reading = reading_of(letter, readings)
    return reading is not None and reading.sees(thing)


def reading_of(letter: Letter, readings: Readings) -> Reading | None:
    """The dossier of the letter, if the reader plays the part in which it tells them still."""
    reading = readings.get(letter.dossier) if letter.dossier else None
    return reading if reading is not None and reading.plays(letter) else None


def told_in_mail(kind: str) -> Callable[[Tell], Tell]:
    """Register the function below as the words of letters of `kind`: in the active language, for all of them at
    once, so that what it has to look up is looked up once. A letter about a dossier that exists no more for its
    reader never comes to it."""

    def register(tell: Tell) -> Tell:
        _tellers[kind] = tell
        return tell

    return register


def tell(letters: Sequence[Letter], readings: Readings) -> dict[UUID, str]:
    """What `letters`, all to one reader, say now."""
    found: dict[UUID, str] = {}
    for kind in dict.fromkeys(each.kind for each in letters):
        if kind in _tellers:
            found.update(_tellers[kind]([each for each in letters if each.kind == kind], readings))
    return found
