"""What every part of a definition has in common: it is frozen, strict about its keys, and bilingual."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

from .said import say

_WRITTEN = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_ROOMY = Context(prec=40)
_FINEST = Decimal("1E-10")


class Frozen(BaseModel):
    """A part of a definition. It cannot change once read, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _exact(value: Any) -> Any:
    """Refuse what only looks like a number: `true`, text, and binary floats, which were never written."""
    if isinstance(value, bool | float) or (isinstance(value, str) and not _WRITTEN.fullmatch(value)):
        raise ValueError(say("give a plain number, such as 85 or 0.5"))
    return value


def _counted(value: Any) -> Any:
    if isinstance(value, bool | float | str):
        raise ValueError(say("give a whole number, such as 2"))
    return value


def plain(value: Decimal) -> Decimal:
    """Bring 4, 4.0 and 4.00 to one form, so that they make one content hash."""
    if not value.is_finite() or value.adjusted() > 11:
        raise ValueError(say("give a number below 1000000000000"))
    rounded = value.quantize(_FINEST, context=_ROOMY)
    if rounded != value:
        raise ValueError(say("give a number with at most 10 decimals"))
    return Decimal(as_text(rounded))


def as_text(value: Decimal) -> str:
    """A finite number in plain digits: no exponent, no zeros that say nothing, no minus before zero."""
    digits = format(value, "f")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits == "-0" else digits


Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$", max_length=60)]
EditionLabel = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=40)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    AfterValidator(plain),
    PlainSerializer(as_text, return_type=str, when_used="json"),
]
Whole = Annotated[int, BeforeValidator(_counted), Field(ge=0)]


def exactly_one(*names: str) -> dict[str, Any]:
    """What a model's JSON Schema says when just one of these keys may be there."""
    return {"oneOf": [{"required": [name]} for name in names]}


class Bilingual(Frozen):
    """One text in both languages of the interface. Neither may be missing."""

    ar: Sentence
    en: Sentence

    def in_language(self, language: str) -> str:
        """The text in `language` ("ar" or "en", a longer tag such as "en-gb" counts as its first part)."""
        return self.en if language.startswith("en") else self.ar
