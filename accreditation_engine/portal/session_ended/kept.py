"""What was typed waits in the session, which is nobody's until somebody signs in: for an hour, for one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accreditation_engine.portal.given_back import sent_fields

if TYPE_CHECKING:  # the frame of a page is shown without the site's models as well
    from accreditation_engine.organisations.models import User

KEY = "typed_before"
SECONDS = 3600
MOST_CHARACTERS = 200_000
Pairs = list[tuple[str, str]]


@dataclass
class Kept:
    """`address` is where the form was sent, `page` the path of the page on which it stands, `pairs` the names and
    values of its fields in their order, `files` the names of files that were chosen, which a browser alone can
    choose again. `ended`: the session had ended, which is told."""

    person: str
    address: str
    page: str
    pairs: Pairs
    files: list[str]
    ended: bool
    at: float


def typed_pairs(request: HttpRequest) -> Pairs:
    """All that was sent but secrets; [] where it is more than is kept."""
    pairs = [
        (name, value)
        for name, value in sent_fields(request)
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    return pairs if sum(len(name) + len(value) for name, value in pairs) <= MOST_CHARACTERS else []


def keep(
    request: HttpRequest,
    person: str,
    page: str,
    *,
    address: str,
    pairs: Iterable[tuple[str, str]],
    ended: bool,
) -> None:
    """`page` may have a query. Files that were sent along are named where the session had ended: they were not
    taken."""
    sent = [each.name or "" for name in request.FILES for each in request.FILES.getlist(name)]
    files = sent if ended else []
    kept = Kept(person, address, urlsplit(page).path, list(pairs), files, ended, timezone.now().timestamp())
    request.session[KEY] = asdict(kept)


def page_of_form(request: HttpRequest) -> str:
    """The page from which it was sent, which leads to itself when it is asked for."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure()):
        parts = urlsplit(came_from)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def kept_typed(request: HttpRequest) -> Kept | None:
    """What waits, whoever typed it; what has waited too long is forgotten."""
    found = request.session.get(KEY)
    if found is None:
        return None
    kept = Kept(**found | {"pairs": [(name, value) for name, value in found["pairs"]]})
    if timezone.now().timestamp() - kept.at > SECONDS:
        forget(request)
        return None
    return kept


def kept_for(request: HttpRequest, person: User) -> Kept | None:
    """What waits for `person`. What waits for somebody else is forgotten: this session is not theirs."""
    kept = kept_typed(request)
    if kept is not None and kept.person != str(person.pk):
        forget(request)
        return None
    return kept


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def lead_on(request: HttpRequest, page: str) -> None:
    """The address that was asked for has no page of its own: its form stands on `page`."""
    if KEY in request.session and request.session[KEY]["page"] == request.path:
        request.session[KEY] = request.session[KEY] | {"page": page}
