"""What the events of an address that is told tell of it: nobody adds one, turns it elsewhere or lets it be told of
more in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.engine import verification
from accreditation_engine.engine.replay.comparing import Kept, Table, near, people, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import NOT_TOLD, Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .endpoints import CHANGED, ENDED, MADE, SECRET_CHANGED, said_of
from .told.certificates import CERTIFICATES

WEBHOOK, WEBHOOKS = "webhook", "webhooks"
"""A stream of that name; and a table of its picture with one row, whose key is ()."""


@told_by(WEBHOOK, MADE)
def _made(picture: Picture, event: Said) -> None:
    """Events of before addresses could choose say the host alone; then all were told of certificates."""
    data = event.data
    picture.say(
        event,
        WEBHOOKS,
        (),
        host=data["host"],
        address=data.get("address", NOT_TOLD),
        organisation=data.get("organisation", ""),
        types=data.get("types", list(CERTIFICATES.types)),
        secret_number=0,
        ended_at=None,
    )


@told_by(WEBHOOK, CHANGED)
def _changed(picture: Picture, event: Said) -> None:
    picture.say(event, WEBHOOKS, (), types=event.data["types"])


@told_by(WEBHOOK, SECRET_CHANGED)
def _secret_changed(picture: Picture, event: Said) -> None:
    picture.say(event, WEBHOOKS, (), secret_number=event.data["secret_number"])


@told_by(WEBHOOK, ENDED)
def _ended(picture: Picture, event: Said) -> None:
    picture.say(event, WEBHOOKS, (), ended_at=event.at)


def _kept(endpoints: Collection[UUID]) -> Iterable[Kept]:
    for each in Endpoint.objects.filter(pk__in=endpoints).order_by("pk"):
        more = {"secret_number": each.secret_number, "ended_at": each.ended_at}
        yield each.pk, (), {**said_of(each), **more}


def _gone(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """Addresses that were added and are not there any more."""
    there = Endpoint.objects.filter(pk=OuterRef("stream"))
    made = Event.objects.filter(~Exists(there), seq=1, kind=MADE).order_by("stream")
    for event in made if stream is None else made.filter(stream=stream):
        yield Problem(event.stream, 1, WEBHOOK, "the address that was added then is gone")


people[WEBHOOK] = Endpoint.objects.all
tables.append(Table(WEBHOOK, WEBHOOKS, WEBHOOK, _kept, "the address that is told", alike={"ended_at": near}))
verification.more.append(_gone)
