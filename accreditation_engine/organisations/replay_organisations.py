"""What the events of an organisation tell: its names and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from accreditation_engine.engine import verification
from accreditation_engine.engine.replay.comparing import Kept, Table, near, people, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import NOT_TOLD, Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .models import Organisation
from .registering import CHANGED, REGISTERED, SAID, said_of

ORGANISATION = "organisation"
"""A table of one row, whose key is ()."""
LATER = ("sector", "language")
"""What events of before do not say, because nobody could."""


@told_by(ORGANISATION, REGISTERED)
def _registered(picture: Picture, event: Said) -> None:
    """What was there before events spoke of it was taken down as it was found, however old it is."""
    joined_at = NOT_TOLD if event.data.get("as_found") else event.at
    said = {name: event.data[name] for name in SAID if name not in LATER}
    later = {name: event.data.get(name, "") for name in LATER}
    picture.say(event, ORGANISATION, (), joined_at=joined_at, **said, **later)


@told_by(ORGANISATION, CHANGED)
def _changed(picture: Picture, event: Said) -> None:
    picture.say(event, ORGANISATION, (), **event.data["after"])


def _kept(organisations: Collection[UUID]) -> Iterable[Kept]:
    for each in Organisation.objects.filter(pk__in=organisations).order_by("pk"):
        yield each.pk, (), {**said_of(each), "joined_at": each.joined_at}


def _gone(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """Organisations that were registered and are not there any more."""
    there = Organisation.objects.filter(pk=OuterRef("stream"))
    registered = Event.objects.filter(~Exists(there), seq=1, kind=REGISTERED).order_by("stream")
    for event in registered if stream is None else registered.filter(stream=stream):
        yield Problem(event.stream, 1, ORGANISATION, "the organisation that was registered then is gone")


people[ORGANISATION] = Organisation.objects.all
tables.append(
    Table(ORGANISATION, ORGANISATION, ORGANISATION, _kept, "the organisation", alike={"joined_at": near})
)
verification.more.append(_gone)
