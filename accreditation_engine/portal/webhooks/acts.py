"""What is done on the pages of addresses that are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.certificates.webhooks.endpoints import (
    add_endpoint,
    change_secret,
    change_types,
    end_endpoint,
    send_again,
    send_span_again,
)
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.engine.days import beginning_of
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.days import day_typed
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.tried import Tried, attempt
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.written import kept_line

from .page import ADD, webhook_page, webhooks_page
from .place import Place


def all_of(request: HttpRequest, place: Place) -> HttpResponse:
    """The addresses, and adding one."""
    tried, made = None, list[Endpoint]()
    if request.method == "POST":
        tried = attempt(request, ADD, lambda: made.append(_added(request, place)))
    if made:
        messages.success(request, _("The address is told from now on. Give its site the secret below."))
        return redirect(place.url_of(made[0]))
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/webhooks.html", webhooks_page(place, tried), status=status)


def one_of(request: HttpRequest, place: Place, which: UUID) -> HttpResponse:
    """One address, and all that may be done with it."""
    endpoint, tried = get_object_or_404(place.endpoints(), pk=which), None
    if request.method == "POST":
        act = request.POST.get("act", "")
        if act not in ACTS:
            raise Http404
        said: list[str] = []
        tried = attempt(request, act, lambda: said.append(ACTS[act](request, place, endpoint)))
        if tried is None:
            messages.success(request, said[0])
            return redirect(place.url_of(endpoint))
    return _shown(request, place, endpoint, tried)


def _shown(request: HttpRequest, place: Place, endpoint: Endpoint, tried: Tried | None) -> HttpResponse:
    context = webhook_page(place, endpoint, request.GET, tried)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/webhook.html", context, status=status)


def _added(request: HttpRequest, place: Place) -> Endpoint:
    url = kept_line(request.POST.get("url", ""))
    return add_endpoint(url=url, types=_chosen(request), by=place.person, organisation=place.organisation)


def _types(request: HttpRequest, place: Place, endpoint: Endpoint) -> str:
    change_types(endpoint=endpoint, types=_chosen(request), by=place.person)
    return _("Kept.")


def _secret(request: HttpRequest, place: Place, endpoint: Endpoint) -> str:
    shown = whole_number(request.POST.get("instead_of", ""))
    if shown is None:
        raise Http404
    change_secret(endpoint=endpoint, instead_of=shown, by=place.person)
    return _(
        "There is a new secret. For one day the one of before signs as well: give the other site the new one."
    )


def _end(_request: HttpRequest, place: Place, endpoint: Endpoint) -> str:
    end_endpoint(endpoint=endpoint, by=place.person)
    return _("The address is told nothing more.")


def _again(request: HttpRequest, place: Place, endpoint: Endpoint) -> str:
    wanted = identifier(request.POST.get("which", ""))
    delivery = get_object_or_404(endpoint.deliveries.select_related("endpoint__organisation"), pk=wanted)
    send_again(delivery=delivery, by=place.person)
    return _("It is sent once more, within a minute.")


def _span(request: HttpRequest, place: Place, endpoint: Endpoint) -> str:
    """Whole days as the site counts them, the last one included."""
    first, last = (day_typed(request.POST.get(name, "")) for name in ("first", "last"))
    if first is None or last is None:
        raise Refused([Reason("webhook_no_days")])
    since, until = beginning_of(first), beginning_of(last + timedelta(days=1))
    count = send_span_again(endpoint=endpoint, since=since, until=until, by=place.person)
    words = ngettext(
        "%(count)d message is sent, as soon as may be.",
        "%(count)d messages are sent, as soon as may be.",
        count,
    )
    return words % {"count": count} if count else _("Nothing that it is told of happened on these days.")


def _chosen(request: HttpRequest) -> list[str]:
    return [each for each in TYPES if request.POST.get(each)]


ACTS: dict[str, Callable[[HttpRequest, Place, Endpoint], str]] = {
    "types": _types,
    "secret": _secret,
    "end": _end,
    "again": _again,
    "span": _span,
}
