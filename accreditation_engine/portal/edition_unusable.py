"""What is answered where a page needs an edition by which nothing can be judged any more (engine/unusable.py)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accreditation_engine.engine.compiled import EditionUnusable
from accreditation_engine.engine.models import Edition
from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.organisations.models import User

from .given_back import typed_by_hand
from .people import parts_of

FOR_PROGRAMS = "/api/"
log = logging.getLogger(__name__)


class ToldInWords:
    """Middleware. Whoever asks reads that nothing is lost and who can mend it; administrators are led to where the
    reasons stand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, EditionUnusable) or request.path.startswith(FOR_PROGRAMS):
            return None
        log.error("%s: %s", request.path, exception)
        context = {"reasons_url": _reasons(request, exception.edition), "kept_text": typed_by_hand(request)}
        return render(request, "portal/edition_unusable.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _reasons(request: HttpRequest, edition: str) -> str:
    """The page on which administrators read what is wrong; "" for others."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or ADMINISTRATOR not in parts_of(user):
        return ""
    name = Edition.objects.filter(pk=edition).values_list("name", flat=True).first()
    return reverse("edition", args=[name, edition]) if name else ""
