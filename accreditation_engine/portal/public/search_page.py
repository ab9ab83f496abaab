"""The page of the register: what was looked for, and what was found."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.register.search import MOST, Page, page_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader

from .listing import table_of
from .looked_for import behind, choices, search_of, typed_in


def register_page(request: HttpRequest) -> dict[str, Any]:
    """The context of portal/register.html. Five queries, and one more where a status is asked for."""
    search, start = search_of(request), behind(request)
    page = page_of(search, start)
    return {
        "words": typed_in(request)["q"],
        "choices": choices(search),
        "table": table_of(page.certificates, searched=search.narrows, further=start is not None),
        "counted": _counted(page) if start is None else "",
        "narrowed": search.narrows,
        "first_page": start is not None,
        "next_page": page.behind,
        "exports": [
            {"title": title, "url": _with(request, reverse("register_export", args=[kind]))}
            for kind, title in (("csv", _("Table (CSV)")), ("json", _("For programs (JSON)")))
        ]
        if page.certificates
        else [],
    }


def _counted(page: Page) -> str:
    if page.more:
        words = _("More than %(count)s certificates") % isolated({"count": f"{MOST:,}"})
    else:
        words = ngettext("%(count)d certificate", "%(count)d certificates", page.count) % isolated(
            {"count": page.count}
        )
    return in_digits_of_reader(words) if page.count else ""


def _with(request: HttpRequest, address: str) -> str:
    """What was looked for, on another address."""
    asked = request.GET.copy()
    for name in list(asked):
        if name not in typed_in(request) or not asked[name]:
            del asked[name]
    return f"{address}?{asked.urlencode()}" if asked else address
