"""Countries, by the two letters of ISO 3166-1."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from babel import Locale

from accreditation_engine.definitions.plain_names import plain_name

NOWHERE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of unions, and of what is no place at all."""


def is_country(code: str) -> bool:
    return code in _named("en")


ARAB = frozenset(
    {
        *("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"),
        *("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"),
    }
)
"""The members of the League of Arab States."""


def countries_by_name(language: str) -> list[tuple[str, str]]:
    """Codes and names in "ar" or "en": Egypt, the other Arab countries, then all others, each in the order of the
    names."""

    def order(named: tuple[str, str]) -> tuple[bool, bool, str]:
        code, name = named
        return code != "EG", code not in ARAB, _spelt_for_order(name)

    return sorted(_named(language).items(), key=order)


def _spelt_for_order(name: str) -> str:
    """Åland stands at A."""
    apart = unicodedata.normalize("NFD", plain_name(name))
    return "".join(each for each in apart if not unicodedata.combining(each))


def country_typed(typed: str) -> str | None:
    """The code of a country that was typed as its code or as its name in either language; None for no country."""
    code = typed.strip().upper()
    return code if is_country(code) else _by_plain_name().get(plain_name(typed))


def country_name(code: str, language: str) -> str:
    """In "ar" or "en"; the code itself where it has no name."""
    return _named(language).get(code, code)


@lru_cache(maxsize=2)
def _named(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOWHERE
    }


@lru_cache(maxsize=1)
def _by_plain_name() -> dict[str, str]:
    return {plain_name(name): code for language in ("ar", "en") for code, name in _named(language).items()}
