"""What is due is tried, in the order in which it happened to each thing, until it arrives or is given up."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.trail.models import Event

from .eyes import eyes_of
from .posting import NotPosted, post
from .signing import headers_for
from .told.topics import topic_of
from .untold import find_untold

log = logging.getLogger(__name__)
AFTER = (
    *(timedelta(minutes=each) for each in (1, 5, 30)),
    *(timedelta(hours=each) for each in (2, 5, 10, 14, 20, 24)),
)
"""How long after a try that failed the next one is made; then it is given up, three days on."""
AT_ONCE = 200
LONGEST_RUN = timedelta(minutes=5)
GONE = 410
"""The other side wants nothing more."""
KEPT = "kept_back"
"""It may not be read any more by whom it was for."""


@periodic("webhooks", every=timedelta(minutes=1))
def tell_webhooks() -> None:
    """Find what is to be told, and try what is due. An address that does not answer is left alone for this time:
    others wait behind it."""
    for endpoint in Endpoint.objects.filter(ended_at=None).select_related("made_by"):
        find_untold(endpoint)
    until, silent = timezone.now() + LONGEST_RUN, set[UUID]()
    while some := list(due().exclude(endpoint__in=silent)[:AT_ONCE]):
        for delivery in some:
            if timezone.now() > until:
                return
            if delivery.endpoint_id not in silent and not try_delivery(delivery):
                silent.add(delivery.endpoint_id)


def due() -> QuerySet[Delivery]:
    """What may be tried now: nothing of a thing of which something that happened before is still to arrive."""
    waits = Delivery.objects.filter(
        endpoint=OuterRef("endpoint"),
        stream=OuterRef("stream"),
        seq__lt=OuterRef("seq"),
        next_at__isnull=False,
    )
    found = Delivery.objects.filter(next_at__lte=timezone.now(), endpoint__ended_at=None).exclude(
        Exists(waits)
    )
    return found.select_related("endpoint__made_by").order_by("next_at", "at", "seq")


def try_delivery(delivery: Delivery) -> bool:
    """Send it, and keep what came of it; whether that is settled. Of two workers one alone sends."""
    next_at = timezone.now() + AFTER[delivery.tries] if delivery.tries < len(AFTER) else None
    ours = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, next_at__isnull=False)
    if not ours.update(next_at=next_at, tries=F("tries") + 1):
        return True
    status, error = _sent(delivery)
    arrived = status is not None and 200 <= status < 300
    over = status == GONE or error == KEPT
    kept: dict[str, Any] = {"status": status, "error": error}
    if arrived or over:
        kept["next_at"] = None
    if arrived:
        kept["delivered_at"] = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(**kept)
    return arrived or over


def _sent(delivery: Delivery) -> tuple[int | None, str]:
    message = message_of(delivery)
    if message is None:
        return None, KEPT
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = headers_for(delivery.endpoint, delivery.pk, timezone.now(), body)
    try:
        return post(delivery.endpoint.url, body, headers), ""
    except NotPosted as refused:
        log.info("A webhook to %s was not sent: %s", delivery.endpoint.url, refused.code)
        return None, refused.code


def message_of(delivery: Delivery) -> dict[str, Any] | None:
    """What is sent, as of the event that it tells of; None where whoever it is for may not read that now."""
    event = Event.objects.get(stream=delivery.stream, seq=delivery.seq)
    told = topic_of(delivery.type).told([event], eyes_of(delivery.endpoint))
    message = told.get((event.stream, event.seq))
    if message is None or delivery.type not in message.types:
        return None
    return {"type": delivery.type, "timestamp": event.at.isoformat(), "data": dict(message.data)}


def standing_of(delivery: Delivery) -> str:
    """ "arrived", "waiting" for its first or next try, or "given_up"."""
    if delivery.delivered_at is not None:
        return "arrived"
    return "waiting" if delivery.next_at is not None else "given_up"
