"""For administrators: taking second factors off the account of somebody who lost their device."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.pressed_again import recorded_just_now
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import SECOND
from accreditation_engine.organisations.way_in import may_not_help, take_off_factors
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import Tried, attempt, typed_in, wrong_in
from accreditation_engine.written import kept_text

from .mails import tell_of_change

FORM = "take_off"


@require_safe
def lost_devices(request: HttpRequest) -> HttpResponse:
    """Everybody who has a second factor, by name."""
    _only_helpers(request)
    having = Authenticator.objects.filter(type__in=SECOND).exclude(user=signed_in(request))
    people = User.objects.filter(pk__in=having.values("user")).order_by("name", "pk")
    context = {
        "head": {"title": _("Lost devices")},
        "breadcrumbs": [
            {"title": _("Your account"), "url": reverse("account")},
            {"title": _("Lost devices")},
        ],
        "people": [{"person": each, "url": reverse("lost_device", args=[each.pk])} for each in people],
    }
    return render(request, "portal/lost_devices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_device(request: HttpRequest, pk: UUID) -> HttpResponse:
    _only_helpers(request)
    person, tried = get_object_or_404(User, pk=pk), None
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        tried = attempt(
            request, FORM, lambda: take_off_factors(person=person, by=signed_in(request), reason=reason)
        )
        again = tried is not None and _done_just_now(person, signed_in(request), tried)
        if tried is None or again:
            if not again:
                tell_of_change(person, "factors_taken_off")
            said = _(
                "Done. At the next sign-in %(name)s needs the password alone, and is led to set up another."
            )
            messages.success(request, said % isolated({"name": person.name}))
            return redirect("lost_devices")
    return render(request, "portal/lost_device.html", _page(person, tried), status=409 if tried else 200)


def _done_just_now(person: User, by: User, tried: Tried) -> bool:
    """The button was pressed twice, and the first press took them off."""
    if [each.code for each in tried.reasons] != ["no_factor_to_take_off"]:
        return False
    reason = kept_text(typed_in(tried, FORM, "reason"))
    return any(each.stream == person.pk for each in recorded_just_now("factors_taken_off", by.pk, reason))


def _page(person: User, tried: Tried | None) -> dict[str, Any]:
    wrong = wrong_in(tried, FORM)
    return {
        "head": {"title": _("Take second factors off"), "meta": [str(person), person.email]},
        "breadcrumbs": [
            {"title": _("Lost devices"), "url": reverse("lost_devices")},
            {"title": str(person)},
        ],
        "errors": [{"text": wrong, "target": "reason"}] if wrong else [],
        "reason": {
            "name": "reason",
            "label": _("Why, and how you know that it is them"),
            "value": typed_in(tried, FORM, "reason"),
            "error": wrong,
            "required": True,
        },
    }


def _only_helpers(request: HttpRequest) -> None:
    """For others there is no such page."""
    if may_not_help(signed_in(request)):
        raise Http404
