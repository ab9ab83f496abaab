"""The pages that search engines may know: about the schemes, and the register (sitemaps.org).

The lines of the register are cut into parts by their numbers, so that each part stays what it is while
certificates are issued, and is written without holding it in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape

from accreditation_engine.certificates.finished.content import register_address
from accreditation_engine.certificates.models import Line
from accreditation_engine.engine.models import Scheme

LINES = 20_000
"""Of the register in one part: with a page for each holder fewer than the 50,000 that a part may have."""
AT_ONCE = 500
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
OF_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
START = f'{HEAD}<urlset xmlns="{OF_SITEMAPS}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
Written = Iterator[str]


def parts() -> int:
    """How many parts there are, one at the least. One query."""
    last = Line.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
    return (last - 1) // LINES + 1


def index(count: int) -> Written:
    """The list of all parts."""
    yield f'{HEAD}<sitemapindex xmlns="{OF_SITEMAPS}">\n'
    for number in range(1, count + 1):
        address = settings.SITE_URL + reverse("sitemap_part", args=[number])
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def part(number: int) -> Written:
    """The pages of one part, counted from 1; the first has those that are there without any certificate."""
    yield START
    if number == 1:
        yield from _of_the_site()
    yield from _of_the_register(number)
    yield "</urlset>\n"


def _of_the_site() -> Written:
    schemes = Scheme.objects.filter(subject="dossier").order_by("pk").values_list("pk", flat=True)
    pages = [("about_in", []), ("api_page_in", []), *(("about_scheme", [name]) for name in schemes)]
    for page, named in pages:
        ways = {code: _address(page, [code, *named]) for code in _languages()}
        for address in ways.values():
            yield _page(address, ways)
    yield _in_both(_address("register", []))


def _of_the_register(number: int) -> Written:
    lines = Line.objects.filter(pk__gt=(number - 1) * LINES, pk__lte=number * LINES).order_by("pk")
    columns = ("certificate__number", "certificate__entered_at", "certificate__dossier__organisation")
    holders = set()
    for certificate, changed, holder in lines.values_list(*columns).iterator(AT_ONCE):
        yield _in_both(register_address(certificate), changed.date())
        if holder not in holders:
            holders.add(holder)
            yield _in_both(_address("register_organisation", [holder]))


def _in_both(address: str, changed: date | None = None) -> str:
    """A page whose language a parameter names."""
    return _page(address, {code: f"{address}?language={code}" for code in _languages()}, changed)


def _page(address: str, ways: dict[str, str], changed: date | None = None) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(way)}"/>' for code, way in ways.items()
    )
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{day}{links}</url>\n"


def _address(page: str, named: Iterable[object]) -> str:
    return settings.SITE_URL + reverse(page, args=list(named))


def _languages() -> list[str]:
    return [code for code, _title in settings.LANGUAGES]
