"""Why something was refused: codes with parameters, put into words for whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .isolates import isolated

Wording = Callable[[Mapping[str, Any]], str]
_words: dict[str, Wording] = {}


@dataclass(frozen=True)
class Reason:
    """A code and what it speaks of. Parameters are text, whole numbers or lists of them: they go into the
    trail as they are."""

    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {"code": self.code, **self.parameters}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Reason:
        return cls(data["code"], {name: value for name, value in data.items() if name != "code"})

    def __str__(self) -> str:
        return in_words(self.code, self.parameters)


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A transition or an operation was not allowed. Nothing was changed; `reasons` says all that stood against
    it, in the language that is active where they are turned into text."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(*self.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


def wording(code: str) -> Callable[[Wording], Wording]:
    """Register the function below as the words of the reason `code`: what is wrong, and what to do."""

    def register(words: Wording) -> Wording:
        _words[code] = words
        return words

    return register


def in_words(code: str, parameters: Mapping[str, Any]) -> str:
    """The reason in the active language. A code that this version no longer knows is shown as it is."""
    words = _words.get(code)
    return words(parameters) if words else _("Refused (%(code)s).") % isolated({"code": code})
