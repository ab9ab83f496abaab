"""Whoever reads a file as its auditor is read as well, whichever of its pages they open."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.parts import parts_for
from accreditation_engine.organisations.models import User

from .access import AUDITOR, has_desk
from .looks import look

OF_A_FILE = "files/<uuid:pk>/"
CALLED = {"dossier": "file", "sample": "visit_sample"}
"""Pages whose name in the trail is not that of their address."""
SAY_SO_THEMSELVES = frozenset({"trail", "finding_trail", "verify_trail", "as_of", "dossier_road"})
"""Pages that auditors alone have, or that say more of what was asked."""


def looked_at(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. A page of a file that was shown to its auditor is a look. Nothing is asked for anybody who
    audits nowhere; else one query, and what a look costs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match is not None and response.status_code == HTTPStatus.OK and _is_read(request, match):
            person, pk = request.user, match.kwargs["pk"]
            if isinstance(person, User) and has_desk(person) and _audits(person, pk):
                look(person, page_of_look(match.url_name or ""), dossier=pk)
        return response

    return middleware


def page_of_look(url_name: str) -> str:
    """What the event calls the page (a key of looked_words.PAGES)."""
    return CALLED.get(url_name, url_name)


def _is_read(request: HttpRequest, match: ResolverMatch) -> bool:
    if request.method not in ("GET", "HEAD") or match.url_name in SAY_SO_THEMSELVES:
        return False
    return match.route.startswith(OF_A_FILE)


def _audits(person: User, pk: UUID) -> bool:
    parts = parts_for(Dossier, [pk], person.pk, (AUDITOR,)).get(pk)
    return parts is not None and AUDITOR in parts.open
