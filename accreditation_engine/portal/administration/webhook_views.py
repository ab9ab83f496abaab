"""Webhooks: adding and ending addresses, and sending once more what did not arrive."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint, end_endpoint, send_again
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.written import kept_line

from .access import of_every_scheme
from .webhooks_page import webhook_page, webhooks_page


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    reader = of_every_scheme(request)
    if request.method != "POST":
        return render(request, "portal/webhooks.html", webhooks_page(reader))
    typed = kept_line(request.POST.get("url", ""))
    try:
        endpoint = add_endpoint(url=typed, by=reader.person)
    except Refused as refused:
        context = webhooks_page(reader, typed, str(refused))
        return render(request, "portal/webhooks.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The address is told from now on. Give its site the secret below."))
    return redirect("webhook", webhook_pk=endpoint.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, webhook_pk: UUID) -> HttpResponse:
    reader = of_every_scheme(request)
    endpoint = get_object_or_404(Endpoint, pk=webhook_pk)
    if request.method != "POST":
        return render(request, "portal/webhook.html", webhook_page(reader, endpoint, request.GET))
    try:
        if "end" in request.POST:
            end_endpoint(endpoint=endpoint, by=reader.person)
            messages.success(request, _("The address is told nothing more."))
        else:
            _send_again(request, endpoint)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("webhook", webhook_pk=webhook_pk)


def _send_again(request: HttpRequest, endpoint: Endpoint) -> None:
    try:
        wanted = UUID(request.POST.get("again", ""))
    except ValueError:
        return
    delivery = get_object_or_404(endpoint.deliveries.select_related("endpoint"), pk=wanted)
    send_again(delivery=delivery, by=of_every_scheme(request).person)
    messages.success(request, _("It is sent once more, within a minute."))
