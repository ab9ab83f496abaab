"""Who asks: a program with a token of somebody's, who may do at this moment what they do not lose by it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle, SimpleRateThrottle

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import ApiToken, User
from accreditation_engine.organisations.tokens.domain import note_use, token_behind
from accreditation_engine.portal.account.second_factor import lacks_second_factor

from .limits import count_stranger
from .problems import Refusal

PER_MINUTE = 300


@dataclass(frozen=True)
class Caller:
    token: ApiToken

    @property
    def person(self) -> User:
        return self.token.person


class Token(HttpBearer):
    """A token, of those that are made on the page of the account, whose scopes hold `scope`."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        kind, _blank, secret = request.headers.get(self.header, "").partition(" ")
        return self.authenticate(request, secret if kind.lower() == self.openapi_scheme else "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        found = token_behind(token.strip())
        if found is None:
            count_stranger(request)
            detail = _(
                "Send a token that holds, after the word Bearer in the header Authorization. Tokens are made on"
                " the page of your account; one that is ended, expired or mistyped opens nothing."
            )
            raise Refusal(401, "no-token", detail)
        if self.scope not in found.scopes:
            detail = _("This token does not allow it; it needs %(scope)s. Make another one.")
            raise Refusal(403, "not-in-scope", detail % isolated({"scope": self.scope}))
        if lacks_second_factor(found.person):
            detail = _("Your roles need a second factor. Set one up on the site; then the token holds again.")
            raise Refusal(403, "second-factor-missing", detail)
        note_use(found)
        return Caller(found)


class PerToken(local, SimpleRateThrottle):
    """Counted by each process for itself, as for strangers."""

    cache = caches["process"]

    def get_cache_key(self, request: HttpRequest) -> str | None:
        caller: Caller = request.auth  # type: ignore[attr-defined]
        return f"api-token:{caller.token.pk}"


def each_token() -> list[BaseThrottle]:
    return [PerToken(f"{PER_MINUTE}/m")]


def caller_of(request: HttpRequest) -> Caller:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller
