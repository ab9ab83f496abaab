"""What somebody looks for in the register, as the address has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accreditation_engine.certificates.register.search import Search, countries_found, schemes_found
from accreditation_engine.certificates.words import status_title
from accreditation_engine.definitions.public_status import PUBLIC_STATUSES
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.portal.countries import country_options

LONGEST = {"q": 200, "scheme": 60, "country": 2, "status": 20}
"""The parameters, and how much of each is read."""
LAST_LINE = 2**63 - 1


def search_of(request: HttpRequest) -> Search:
    typed = typed_in(request)
    return Search(
        words=typed["q"], scheme=typed["scheme"], country=typed["country"].upper(), status=typed["status"]
    )


def typed_in(request: HttpRequest) -> dict[str, str]:
    return {
        name: request.GET.get(name, "").replace("\x00", "").strip()[:most] for name, most in LONGEST.items()
    }


def behind(request: HttpRequest) -> int | None:
    """The line that the page begins behind; None for the first page, and for what is no line."""
    typed = request.GET.get("after", "")
    if not (typed.isascii() and typed.isdigit()) or len(typed) > len(str(LAST_LINE)):
        return None
    return min(int(typed), LAST_LINE)


def choices(search: Search) -> list[dict[str, Any]]:
    """What the list is narrowed by, for parts/choice.html: what is in the register alone. Three queries."""
    language = get_language() or "ar"
    return [
        _choice("scheme", _("Scheme"), search.scheme, _("all schemes"), _scheme_titles(language)),
        _country(search.country),
        _choice(
            "status",
            _("Standing"),
            search.status,
            pgettext("of certificates", "active or not"),
            {word: status_title(word) for word in PUBLIC_STATUSES},
            sort=False,
        ),
    ]


def _choice(
    name: str, label: str, value: str, everything: str, titles: Mapping[str, str], *, sort: bool = True
) -> dict[str, Any]:
    """What was asked for and is not there stands in the list all the same: it is why nothing was found."""
    named = {**titles, **({} if not value or value in titles else {value: value})}
    pairs = sorted(named.items(), key=lambda each: each[1]) if sort else named.items()
    options = [{"value": "", "label": everything}, *({"value": code, "label": said} for code, said in pairs)]
    return {"name": name, "label": label, "value": value, "options": options}


def _country(value: str) -> dict[str, Any]:
    """As `_choice`, with the likely countries first."""
    found = country_options(countries_found())
    unknown = [] if not value or value in {each["value"] for each in found} else [value]
    options = [
        {"value": "", "label": _("all countries")},
        *({"value": code, "label": country_name(code, get_language() or "ar")} for code in unknown),
        *found,
    ]
    return {"name": "country", "label": _("Country"), "value": value, "options": options}


def _scheme_titles(language: str) -> dict[str, str]:
    editions = dict(Scheme.objects.filter(pk__in=schemes_found()).values_list("pk", "edition_id"))
    with translation.override(language):
        return {name: scheme_title(name, edition) for name, edition in editions.items()}
