"""What every part of a definition has in common: it is frozen, strict about its keys, and bilingual."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Frozen(BaseModel):
    """A part of a definition. It cannot change once read, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _exact(value: Any) -> Any:
    """Refuse what only looks like a number: `true`, and binary floats, which are never what was written."""
    if isinstance(value, bool | float):
        raise ValueError("give a plain number")
    return value


def _plain(value: Decimal) -> Decimal:
    """Bring 4, 4.0 and 4.00 to one form, so that they make one content hash."""
    if not value.is_finite():
        raise ValueError("give a finite number")
    normal = value.normalize()
    return normal if normal.as_tuple().exponent <= 0 else normal.quantize(Decimal(1))  # type: ignore[operator]


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$", max_length=60)]
EditionLabel = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[Decimal, BeforeValidator(_exact), AfterValidator(_plain)]


class Bilingual(Frozen):
    """One text in both languages of the interface. Neither may be missing."""

    ar: Sentence
    en: Sentence

    def in_language(self, language: str) -> str:
        """The text in `language` ("ar" or "en", a longer tag such as "en-gb" counts as its first part)."""
        return self.en if language.startswith("en") else self.ar
