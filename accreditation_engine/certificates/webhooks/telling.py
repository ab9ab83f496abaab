"""What is due is tried, in the order in which it happened to each thing, until it arrives or is given up."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest
from time import monotonic
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
TOGETHER = 16
"""So many addresses are sent to at the same time."""
PROMPT = 2
"""Seconds within which an address answers that is sent more in the same run."""
LONGEST_RUN = timedelta(minutes=1)
"""Letters and deadlines wait behind it."""
GONE = 410
"""The other side wants nothing more."""
KEPT = "kept_back"
"""It may not be read any more by whom it was for."""


@periodic("webhooks", every=timedelta(minutes=1))
def tell_webhooks() -> None:
    """Find what is to be told, and try what is due. An address that does not answer, or takes its time, is left
    alone for this run, and holds up nobody meanwhile."""
    for endpoint in Endpoint.objects.filter(ended_at=None).select_related("made_by"):
        find_untold(endpoint)
    until, resting = timezone.now() + LONGEST_RUN, set[UUID]()
    with ThreadPoolExecutor(TOGETHER) as lines:
        while some := list(due().exclude(endpoint__in=resting)[:AT_ONCE]):
            for turn in _turns(some):
                if timezone.now() > until:
                    return
                resting |= _tried([each for each in turn if each.endpoint_id not in resting], lines)


def _turns(deliveries: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    """One of each address, then the next one of each, in their order; no more than are sent together, so that
    none is signed long before it is sent."""
    lines = defaultdict[UUID, list[Delivery]](list)
    for each in deliveries:
        lines[each.endpoint_id].append(each)
    for row in zip_longest(*lines.values()):
        turn = [each for each in row if each is not None]
        yield from (turn[first : first + TOGETHER] for first in range(0, len(turn), TOGETHER))


def _tried(turn: Iterable[Delivery], lines: Executor) -> set[UUID]:
    """Send these at the same time, and keep what came of each; the addresses that shall rest. Nothing but the
    sending itself is done beside each other: the database knows one worker."""
    sent = [(each, _letter(each)) for each in turn if _taken(each)]
    answers = lines.map(_answer, (letter for _delivery, letter in sent))
    return {
        each.endpoint_id for (each, _letter), answer in zip(sent, answers, strict=True) if _kept(each, answer)
    }


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


@dataclass(frozen=True)
class Letter:
    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    status: int | None = None
    error: str = ""
    seconds: float = 0

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def settles_it(self) -> bool:
        return self.arrived or self.status == GONE or self.error == KEPT


def _taken(delivery: Delivery) -> bool:
    """Of two workers one alone sends it. The next try has its time, whatever becomes of this one."""
    next_at = timezone.now() + AFTER[delivery.tries] if delivery.tries < len(AFTER) else None
    ours = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, next_at__isnull=False)
    return bool(ours.update(next_at=next_at, tries=F("tries") + 1))


def _letter(delivery: Delivery) -> Letter | None:
    message = message_of(delivery)
    if message is None:
        return None
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = headers_for(delivery.endpoint, delivery.pk, timezone.now(), body)
    return Letter(delivery.endpoint.url, body, headers)


def _answer(letter: Letter | None) -> Answer:
    if letter is None:
        return Answer(error=KEPT)
    began = monotonic()
    try:
        status = post(letter.url, letter.body, letter.headers)
    except NotPosted as refused:
        log.info("A webhook to %s was not sent: %s", letter.url, refused.code)
        return Answer(error=refused.code)
    return Answer(status, seconds=monotonic() - began)


def _kept(delivery: Delivery, answer: Answer) -> bool:
    """Write down what came of it; whether its address shall rest."""
    kept: dict[str, Any] = {"status": answer.status, "error": answer.error}
    if answer.settles_it:
        kept["next_at"] = None
    if answer.arrived:
        kept["delivered_at"] = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(**kept)
    return not answer.settles_it or answer.seconds > PROMPT


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
