"""Other sites that are told of what happens, and what each was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.certificates.webhooks.signing import both_sign, secret_of
from accreditation_engine.certificates.webhooks.telling import KEPT, standing_of
from accreditation_engine.certificates.webhooks.told.certificates import CERTIFICATES
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in

from .place import Place
from .type_words import type_title

Context = dict[str, Any]
ADD = "add"
ROWS = 25
WITHOUT_TYPES, DAYS = (
    "webhook_without_types",
    ("webhook_no_days", "webhook_span_backwards", "webhook_span_too_long"),
)
STANDING = {
    "arrived": (gettext_lazy("Arrived"), "good"),
    "waiting": (gettext_lazy("Being sent"), "neutral"),
    "tried": (gettext_lazy("Not arrived yet"), "warning"),
    "given_up": (gettext_lazy("Given up"), "bad"),
}
NO_ANSWER = {
    "not_https": gettext_lazy("The address does not begin with https://."),
    "unknown_name": gettext_lazy("No machine of this name is known."),
    "private_address": gettext_lazy("The address leads into a private network."),
    "unreachable": gettext_lazy("Nobody answered."),
    "too_slow": gettext_lazy("No answer came within 10 seconds."),
    KEPT: gettext_lazy("Whoever it was for may not read it any more."),
}


def webhooks_page(place: Place, tried: Tried | None) -> Context:
    """The context of portal/webhooks.html. One query beside the place's."""
    given_up = Q(deliveries__delivered_at=None, deliveries__next_at=None)
    found = place.endpoints().annotate(
        told=Count("deliveries", filter=Q(deliveries__delivered_at__isnull=False)),
        given_up=Count("deliveries", filter=given_up),
    )
    wrong = _wrong_address(tried)
    entry = {
        "name": "url",
        "label": _("Address"),
        "type": "url",
        "value": typed_in(tried, ADD, "url"),
        "error": wrong,
        "required": True,
        "help": _("Where the other site takes it, beginning with https://."),
    }
    chosen = [each for each in TYPES if typed_in(tried, ADD, each)] if tried else _usual(place)
    types = _types(chosen, wrong_in(tried, ADD, WITHOUT_TYPES))
    errors = [{"text": wrong, "target": "url"}] if wrong else []
    return {
        **place.frame,
        "head": {**place.frame["head"], "title": _("Webhooks")},
        "breadcrumbs": [*place.before, {"title": _("Webhooks")}] if place.before else [],
        "explained": reverse("api_page_in", args=[language()]) + "#webhooks",
        "of_organisation": place.organisation is not None,
        "entry": entry,
        "types": types,
        "errors": [*errors, *_errors_of(types)],
        "table": _endpoints(place, list(found.order_by("ended_at", "-made_at"))),
    }


def _wrong_address(tried: Tried | None) -> str:
    return " ".join(str(each) for each in (tried.reasons if tried else ()) if each.code != WITHOUT_TYPES)


def _usual(place: Place) -> Sequence[str]:
    """What is ticked before anybody chose."""
    return CERTIFICATES.types if place.organisation is None else TYPES


def _types(chosen: Any, error: str) -> Context:
    """For parts/webhook_types.html."""
    return {
        "error": error,
        "entries": [
            {
                "name": each,
                "type": "checkbox",
                "label": type_title(each),
                "value": each in chosen,
            }
            for each in TYPES
        ],
    }


def _errors_of(types: Context) -> list[Context]:
    return [{"text": types["error"], "target": TYPES[0]}] if types["error"] else []


def _endpoints(place: Place, endpoints: list[Any]) -> Context:
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
                        "url": place.url_of(each),
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


def webhook_page(place: Place, endpoint: Endpoint, asked: QueryDict, tried: Tried | None) -> Context:
    """The context of portal/webhook.html. Two queries."""
    page = Paginator(endpoint.deliveries.order_by("-at", "pk"), ROWS).get_page(asked.get("page"))
    chosen = (
        [each for each in TYPES if typed_in(tried, "types", each)] if _in(tried, "types") else endpoint.types
    )
    types = _types(chosen, wrong_in(tried, "types", WITHOUT_TYPES))
    stands = endpoint.ended_at is None
    return {
        **place.frame,
        "head": {**place.frame["head"], "eyebrow": _("Webhooks"), "title": endpoint.url},
        "breadcrumbs": [*place.before, {"title": _("Webhooks"), "url": place.url}, {"title": endpoint.url}],
        "endpoint": endpoint,
        "told_as": "" if place.organisation else _told_as(endpoint),
        "secret": secret_of(endpoint) if stands else "",
        "both_sign": stands and both_sign(endpoint, timezone.now()),
        "another_secret": _another_secret(place, endpoint),
        "types": {**types, "hide_legend": True},
        "days": _days(tried),
        "ending": _ending(place, endpoint),
        "errors": _errors(tried),
        "page": page,
        "deliveries": [_delivery(each) for each in page],
    }


def _in(tried: Tried | None, form: str) -> bool:
    return tried is not None and tried.form == form


def _told_as(endpoint: Endpoint) -> str:
    """Whose eyes it has on files."""
    if endpoint.made_by is None:
        return _("Whoever added it is gone: of files it is told nothing.")
    words = _(
        "Of files it is told what %(name)s may read at that moment, but nothing that they read as an auditor."
    )
    return words % isolated({"name": str(endpoint.made_by)})


def _errors(tried: Tried | None) -> list[Context]:
    if tried is None:
        return []
    target = {"types": TYPES[0], "span": "first"}.get(tried.form, "")
    return [{"text": str(each), "target": target} for each in tried.reasons]


def _days(tried: Tried | None) -> list[Context]:
    """For sending anew what happened on them; at first the last seven."""
    today = timezone.localdate()
    usual = {"first": today - timedelta(days=6), "last": today}
    return [
        {
            "name": name,
            "type": "date",
            "label": title,
            "value": typed_in(tried, "span", name) or usual[name].isoformat(),
            "error": wrong_in(tried, "span", *DAYS) if name == "first" else "",
            "required": True,
        }
        for name, title in (("first", _("First day")), ("last", _("Last day")))
    ]


def _another_secret(place: Place, endpoint: Endpoint) -> Context:
    """For parts/confirm.html. It is asked for instead of the one that is shown, so that a press twice is one."""
    return {
        "opener": _("Make a new secret"),
        "question": _("Make a new secret?"),
        "text": _("For one day the one of today signs as well; meanwhile give the other site the new one."),
        "url": place.url_of(endpoint),
        "fields": [
            {"name": "act", "value": "secret"},
            {"name": "instead_of", "value": endpoint.secret_number},
        ],
        "button": _("Make a new secret"),
    }


def _ending(place: Place, endpoint: Endpoint) -> Context:
    """For parts/confirm.html."""
    return {
        "opener": _("Tell it nothing more"),
        "kind": "danger",
        "question": _("Tell this address nothing more?"),
        "text": _("It cannot be taken back: to tell it again, add it anew, with a secret of its own."),
        "url": place.url_of(endpoint),
        "fields": [{"name": "act", "value": "end"}],
        "button": _("Tell it nothing more"),
    }


def _delivery(delivery: Delivery) -> Context:
    standing = standing_of(delivery)
    tried = standing == "waiting" and delivery.tries > 0
    title, tone = STANDING["tried" if tried else standing]
    return {
        "pk": delivery.pk,
        "number": delivery.number,
        "title": type_title(delivery.type),
        "at": delivery.at,
        "badge": {"title": title, "tone": tone},
        "words": _what_came(delivery),
        "tries": _tries(delivery) if tried else "",
        "next_at": delivery.next_at if tried else None,
        "again": standing != "waiting" or tried,
    }


def _tries(delivery: Delivery) -> str:
    words = ngettext("Tried %(count)d time; again:", "Tried %(count)d times; again:", delivery.tries)
    return words % {"count": delivery.tries}


def _what_came(delivery: Delivery) -> str:
    if delivery.error:
        return str(NO_ANSWER.get(delivery.error, delivery.error))
    if delivery.status is None:
        return ""
    phrase = next((each.phrase for each in HTTPStatus if each == delivery.status), "")
    answer = f"{delivery.status} {phrase}".strip()
    return _("The other site answered: %(answer)s") % isolated({"answer": answer})
