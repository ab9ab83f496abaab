"""Who is asking."""

from __future__ import annotations

from django.http import HttpRequest

from accreditation_engine.organisations.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request. Pages for strangers do not ask."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else through
    return request.user
