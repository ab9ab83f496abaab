"""Leafing through a file: a picture of one page after the other, for parts/leaf.html."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated

from .whole_numbers import whole_number


def leaf(name: str, *, page: int, pages: int, picture: str) -> dict[str, Any]:
    """Page `page` of the `pages` of a file, 0 where nobody can count them; `picture` is its address."""
    return {
        "picture": picture if pages else "",
        "said": _("“%(name)s”, page %(page)d of %(pages)d")
        % isolated({"page": page, "pages": pages, "name": name}),
        "page": page,
        "pages": pages,
        "previous": page - 1,
        "next": page + 1 if page < pages else 0,
    }


def page_wanted(request: HttpRequest, pages: int) -> int:
    """The page that the address asks for, else the first."""
    return min(whole_number(request.GET.get("page", "")) or 1, max(pages, 1))
