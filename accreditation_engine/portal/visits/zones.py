"""The time zones to choose from, by the names of their countries and cities."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.timezone import get_current_timezone_name

from accreditation_engine.organisations.countries import country_name, is_country


def zones_offered(language: str, chosen: str) -> list[dict[str, Any]]:
    """For a select: the site's own zone first, all others by name in "ar" or "en". What is chosen is always among
    them, by its own name where it has no other."""
    names, own = _names(language), get_current_timezone_name()
    known = {own: names.get(own, own), **names}
    if chosen and chosen not in known:
        known = {chosen: chosen, **known}
    return [{"value": zone, "label": name} for zone, name in known.items()]


@lru_cache(maxsize=2)
def _names(language: str) -> dict[str, str]:
    known = available_timezones()
    found = {
        zone: f"{country_name(country, language)} – {_city(zone, language)}"
        for zone, country in get_global("zone_territories").items()
        if zone in known and is_country(country)
    }
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=language, return_city=True))
