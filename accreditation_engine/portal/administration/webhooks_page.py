"""Other sites that are told of certificates, and what each was told."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.certificates.webhooks.signing import secret_of
from accreditation_engine.certificates.webhooks.telling import standing_of
from accreditation_engine.engine.isolates import isolated

from .access import Administrator
from .frame import frame

Context = dict[str, Any]
ROWS = 25
STANDING = {
    "arrived": (gettext_lazy("Arrived"), "good"),
    "waiting": (gettext_lazy("Is sent"), "neutral"),
    "given_up": (gettext_lazy("Given up"), "bad"),
}
NO_ANSWER = {
    "not_https": gettext_lazy("The address does not begin with https://."),
    "unknown_name": gettext_lazy("No machine of this name is known."),
    "private_address": gettext_lazy("The address leads into a private network."),
    "unreachable": gettext_lazy("Nobody answered."),
}


def webhooks_page(reader: Administrator, typed: str = "", error: str = "") -> Context:
    """The context of portal/webhooks.html. One query beside the reader's."""
    given_up = Q(deliveries__delivered_at=None, deliveries__next_at=None)
    found = Endpoint.objects.annotate(
        told=Count("deliveries", filter=Q(deliveries__delivered_at__isnull=False)),
        given_up=Count("deliveries", filter=given_up),
    )
    entry = {
        "name": "url",
        "label": _("Address"),
        "type": "url",
        "value": typed,
        "error": error,
        "required": True,
        "help": _("Where the other site takes it, beginning with https://."),
    }
    return {
        **frame(reader, "webhooks"),
        "head": {"eyebrow": _("Administration"), "title": _("Webhooks")},
        "entry": entry,
        "errors": [{"text": f"{entry['label']}: {error}", "target": "url"}] if error else [],
        "table": _endpoints(list(found.order_by("ended_at", "-made_at"))),
    }


def _endpoints(endpoints: list[Any]) -> Context:
    return {
        "caption": _("Addresses that are told"),
        "hide_caption": True,
        "columns": [
            {"title": _("Address")},
            {"title": _("Since")},
            {"title": _("Arrived"), "kind": "number"},
            {"title": _("Given up"), "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    {
                        "value": each.url,
                        "kind": "code",
                        "url": reverse("webhook", args=[each.pk]),
                        "note": _("ended") if each.ended_at else "",
                    },
                    {"value": each.made_at, "kind": "day"},
                    {"value": each.told, "kind": "number"},
                    {"value": each.given_up, "kind": "number"},
                ]
            }
            for each in endpoints
        ],
        "empty": {"icon": "globe", "sentence": _("No other site is told yet.")},
    }


def webhook_page(reader: Administrator, endpoint: Endpoint, asked: QueryDict) -> Context:
    """The context of portal/webhook.html. Two queries."""
    rows = endpoint.deliveries.select_related("certificate").order_by("-made_at", "pk")
    page = Paginator(rows, ROWS).get_page(asked.get("page"))
    return {
        **frame(reader, "webhooks"),
        "head": {"eyebrow": _("Webhooks"), "title": endpoint.url},
        "breadcrumbs": [{"title": _("Webhooks"), "url": reverse("webhooks")}, {"title": endpoint.url}],
        "endpoint": endpoint,
        "secret": secret_of(endpoint.pk) if endpoint.ended_at is None else "",
        "page": page,
        "deliveries": [_delivery(each) for each in page],
    }


def _delivery(delivery: Delivery) -> Context:
    title, tone = STANDING[standing_of(delivery)]
    return {
        "pk": delivery.pk,
        "number": delivery.certificate.number,
        "at": delivery.delivered_at or delivery.made_at,
        "badge": {"title": title, "tone": tone},
        "words": _what_came(delivery),
        "again": standing_of(delivery) != "waiting" or delivery.tries > 0,
    }


def _what_came(delivery: Delivery) -> str:
    if delivery.error:
        return str(NO_ANSWER.get(delivery.error, delivery.error))
    if delivery.status is None:
        return ""
    phrase = next((each.phrase for each in HTTPStatus if each == delivery.status), "")
    answer = f"{delivery.status} {phrase}".strip()
    return _("The other site answered: %(answer)s") % isolated({"answer": answer})
