"""To which address a letter is on its way: who mistyped it waits for nothing, and sees here why."""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "letter_sent_to"


def remember_where_to(request: HttpRequest, email: str) -> None:
    """As it was typed, whether there is an account under it or not: the page after says the same."""
    request.session[_KEY] = email


def letter_sent_to(request: HttpRequest) -> str:
    """ "" where this session has no letter on its way."""
    return str(request.session.get(_KEY, ""))
