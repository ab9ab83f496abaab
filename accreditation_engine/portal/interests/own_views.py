"""What somebody has declared themselves, whatever file it was for. Thin, from the request to what is done."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import attempt
from accreditation_engine.reviews.interests.withdrawing import withdraw_tie

from .own import declared_by, own_page, withdrawal_form


@require_safe
def own_interests(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/own_interests.html", own_page(signed_in(request)))


@require_POST
def take_back(request: HttpRequest, interest_pk: int) -> HttpResponse:
    """Say that a tie was declared by mistake."""
    person, reason = signed_in(request), request.POST.get("reason", "")
    interest = get_object_or_404(declared_by(person).select_related("dossier"), pk=interest_pk)
    act = partial(withdraw_tie, interest=interest, reason=reason, by=person)
    tried = attempt(request, withdrawal_form(interest.pk), act)
    if tried:
        context = own_page(person, tried)
        return render(request, "portal/own_interests.html", context, status=HTTPStatus.CONFLICT)
    words = _("Kept. The interest holds until a coordinator confirms that it was declared by mistake.")
    messages.success(request, words)
    return redirect("own_interests")


urlpatterns = [
    path("", own_interests, name="own_interests"),
    path("<int:interest_pk>/withdrawal/", take_back, name="withdraw_tie"),
]
