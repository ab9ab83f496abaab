"""Countries, by the two letters of ISO 3166-1."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale


def is_country(code: str) -> bool:
    return code in _named("en")


def every_country() -> list[str]:
    return sorted(_named("en"))


def country_name(code: str, language: str) -> str:
    """In "ar" or "en"; the code itself where it has no name."""
    return _named(language).get(code, code)


@lru_cache(maxsize=2)
def _named(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
