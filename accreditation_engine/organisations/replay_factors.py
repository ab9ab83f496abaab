"""What the events of a person tell of the second factors of the account, which nobody sets up or takes off in
silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from allauth.mfa.models import Authenticator

from accreditation_engine.engine.replay.comparing import Kept, Table, tables
from accreditation_engine.engine.replay.folding import told_by
from accreditation_engine.engine.replay.picture import Picture
from accreditation_engine.engine.replay.said import Said

FACTORS = "factors"
"""Keys: the kind of factor."""


@told_by("person", "factor_added")
def _added(picture: Picture, event: Said) -> None:
    key = (event.data["factor"],)
    picture.say(event, FACTORS, key, count=_count(picture, event) + 1)


@told_by("person", "factor_removed")
def _removed(picture: Picture, event: Said) -> None:
    left = _count(picture, event) - 1
    if left > 0:
        picture.say(event, FACTORS, (event.data["factor"],), count=left)
    else:
        picture.rows(FACTORS).pop((event.data["factor"],), None)


@told_by("person", "factors_taken_off", "account_closed")
def _all_gone(picture: Picture, event: Said) -> None:
    picture.rows(FACTORS).clear()


def _count(picture: Picture, event: Said) -> int:
    key = (event.data["factor"],)
    return int(picture.value(FACTORS, key, "count")) if key in picture.rows(FACTORS) else 0


def _kept(persons: Collection[UUID]) -> Iterable[Kept]:
    rows = Authenticator.objects.filter(user__in=persons).order_by("user", "pk").values_list("user", "type")
    for (person, kind), count in Counter(rows).items():
        yield person, (kind,), {"count": count}


tables.append(Table("person", FACTORS, "factor", _kept, "the second factor '{factor}'", ("factor",)))
