"""What is answered where a file is not, or not yet, for whoever asks; and that it is written down."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.turned_away import turned_away
from accreditation_engine.portal.dossier.reader import MustDeclare, NotForThem
from accreditation_engine.portal.given_back import typed_by_hand
from accreditation_engine.portal.people import signed_in

FIRST_PAGE = "dossier"


class ClosedFiles:
    """Middleware. Who opens the first page of a file before declaring is led to the form; any other page, and
    anything that is sent, is refused in words. A file that is not theirs does not exist for them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotForThem):
            reasons = exception.closed or [Reason("no_part")]
            step = _step_asked_for(request, exception.dossier)
            turned_away(exception.dossier, signed_in(request), reasons, step=step)
        if isinstance(exception, MustDeclare):
            return _declare_first(request, exception)
        return None


def _step_asked_for(request: HttpRequest, dossier: Dossier) -> str:
    """Of the file's own workflow, where its page was sent; "" for all else, and for what anybody may type."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name != FIRST_PAGE:
        return ""
    asked = request.POST.get("transition", "")
    return asked if asked in compiled(dossier.edition_id).steps else ""


def _declare_first(request: HttpRequest, closed: MustDeclare) -> HttpResponse:
    match = request.resolver_match
    if request.method in ("GET", "HEAD") and match is not None and match.url_name == FIRST_PAGE:
        return redirect("interests", pk=closed.dossier.pk)
    step = _step_asked_for(request, closed.dossier)
    turned_away(closed.dossier, signed_in(request), [Reason("declare_first")], step=step)
    reason, typed = Reason("declare_first"), typed_by_hand(request)
    context = {"dossier": closed.dossier, "reason": reason, "kept_text": typed}
    return render(request, "portal/declare_first.html", context, status=HTTPStatus.FORBIDDEN)
