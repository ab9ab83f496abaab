"""A form was refused, and its reader changes the language of the page before mending it: the button of the
language carries along what was typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from .kept import MOST_CHARACTERS, keep, typed_pairs

if TYPE_CHECKING:  # the frame of a page is shown without the site's models as well
    from accreditation_engine.organisations.models import User

FIELD = "typed"


def so_far(request: HttpRequest) -> str:
    """What was sent to this page, for a hidden field; "" where nothing was, or nobody is signed in."""
    if request.method != "POST" or not getattr(getattr(request, "user", None), "is_authenticated", False):
        return ""
    pairs = typed_pairs(request)
    return json.dumps(pairs, ensure_ascii=False) if pairs else ""


def carry_typed(request: HttpRequest, person: User) -> None:
    """To the page that is shown next, where it leads back to one of ours."""
    written, page = request.POST.get(FIELD, ""), request.POST.get("next", "")
    if not written or len(written) > 2 * MOST_CHARACTERS:
        return
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return
    try:
        pairs = [(str(name), str(value)) for name, value in json.loads(written)]
    except (ValueError, TypeError):
        return
    keep(request, str(person.pk), page, address=page.partition("?")[0], pairs=pairs, ended=False)
