"""Countries, by the two letters of ISO 3166-1."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from accreditation_engine.definitions.plain_names import plain_name

NOWHERE = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of unions, and of what is no place at all."""


def is_country(code: str) -> bool:
    return code in _named("en")


def countries_by_name(language: str) -> list[tuple[str, str]]:
    """Codes and names in "ar" or "en", in the order of the names."""
    return sorted(_named(language).items(), key=lambda each: plain_name(each[1]))


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
