"""What the events of a person tell of the tokens of their programs: nobody makes one, or lets one do more or last
longer, in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said
from accreditation_engine.organisations.models import ApiToken

from .domain import ENDED, MADE, said_of

TOKENS = "tokens"
"""Keys: the token."""


@told_by("person", MADE)
def _made(picture: Picture, event: Said) -> None:
    said = {name: event.data[name] for name in ("digest", "scopes", "expires_at")}
    picture.say(event, TOKENS, (event.data["token"],), **said)


@told_by("person", ENDED)
def _ended(picture: Picture, event: Said) -> None:
    picture.rows(TOKENS).pop((event.data["token"],), None)


@told_by("person", "factors_taken_off", "account_closed")
def _all_gone(picture: Picture, event: Said) -> None:
    picture.rows(TOKENS).clear()


def _kept(persons: Collection[UUID]) -> Iterable[Kept]:
    for each in ApiToken.objects.filter(person__in=persons).order_by("pk"):
        said = said_of(each)
        yield each.person_id, (str(said.pop("token")),), said


tables.append(Table("person", TOKENS, "token", _kept, "the token '{token}'", ("token",)))
