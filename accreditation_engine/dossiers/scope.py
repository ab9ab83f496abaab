"""The scope of a certificate: what of an organisation it covers, in both languages (docs/decisions/048)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.written import kept_line

LONGEST = 400
"""Characters in one language: what a certificate of one page has room for."""


@dataclass(frozen=True)
class Scope:
    """Plain words, a line in each language; "" in both is the whole organisation."""

    ar: str = ""
    en: str = ""

    @property
    def whole(self) -> bool:
        return not (self.ar or self.en)

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.ar

    def kept(self) -> Scope:
        return Scope(kept_line(self.ar), kept_line(self.en))

    def said(self) -> dict[str, str]:
        """As the data of an event begins that speaks of it."""
        return {"ar": self.ar, "en": self.en}


WHOLE = Scope()


def unlike(scope: Scope) -> Iterator[Reason]:
    """What is wrong with a scope as it would be kept."""
    for field, words, other in (("ar", scope.ar, scope.en), ("en", scope.en, scope.ar)):
        if other and not words:
            yield Reason("scope_in_one_language", {"field": field})
        if len(words) > LONGEST:
            yield Reason("scope_too_long", {"field": field, "count": len(words), "most": LONGEST})
