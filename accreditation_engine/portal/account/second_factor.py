"""Whoever reviews, decides, audits or administers proves twice who they are: without a second factor they are led
to set one up, before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of, played

NEED_IT = frozenset({"reviewer", "panel", "appeal_panel", "chair", "auditor", "administrator"})
OPEN_WITHOUT = frozenset(
    {
        "sign_out",
        "account_logout",
        "set_language",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
    }
)
"""Pages on which one is set up, and the ways there and out."""
OPEN_TO_STRANGERS_ALONE = frozenset({"home"})
"""Pages that strangers may ask for as well, and that tell whoever is signed in what is theirs."""


class SecondFactor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match is not None else None
        closed = getattr(view_func, "login_required", True) or name in OPEN_TO_STRANGERS_ALONE
        if not settings.SECOND_FACTOR_REQUIRED or not closed or name in OPEN_WITHOUT:
            return None
        person = request.user
        if not isinstance(person, User) or not lacks_second_factor(person):
            return None
        return HttpResponseRedirect(reverse("mfa_index"))


def needs_second_factor(person: User) -> bool:
    return bool(settings.SECOND_FACTOR_REQUIRED) and not NEED_IT.isdisjoint(parts_of(person))


def lacks_second_factor(person: User) -> bool:
    return needs_second_factor(person) and not played(person).proves_twice
