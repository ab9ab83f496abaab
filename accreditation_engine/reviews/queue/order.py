"""The order in which what waits is offered: one's own first, by when it is due; then whatever fewest people
review; and among equals an order that every reviewer has for themself, so that ten who look at the same moment do
not all open the same dossier."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Expression, ExpressionWrapper, F, Value

from accreditation_engine.dossiers.lots import LOTS
from accreditation_engine.engine.prepared import USER, Asked, Given

AMONG_OTHERS = (F("taken").asc(), F("turn").asc(), F("pk").asc())
"""Of rows that have `taken` and `turn`, none of which is one's own."""
ORDER = (F("mine").desc(), F("due").asc(nulls_last=True), *AMONG_OTHERS)
"""Of rows that have `mine` and `due` as well."""


@dataclass(frozen=True)
class Seed:
    """What makes an order of lots: each goes to (lot x factor + shift) modulo the prime `LOTS`. Two lots never
    meet, and over all reviewers each of two comes first as often as the other (universal hashing of Carter and
    Wegman, 1979)."""

    factor: int
    shift: int

    def turn_of(self, lot: int) -> int:
        return (lot * self.factor + self.shift) % LOTS


def turn(reviewer: Any) -> ExpressionWrapper[Any]:
    """The same in SQL, of a dossier, for the reviewer with this id, or for whoever asks where it is `USER`."""
    seed = _ASKING if reviewer is USER else _fixed(seed_of(reviewer))
    factor, shift = seed
    product = F("lot") * factor + shift
    return ExpressionWrapper(product % Value(LOTS, BigIntegerField()), output_field=BigIntegerField())


def _fixed(seed: Seed) -> tuple[Expression, Expression]:
    return Value(seed.factor, BigIntegerField()), Value(seed.shift, BigIntegerField())


def seed_of(reviewer: UUID) -> Seed:
    """The reviewer's own, the same at every look."""
    drawn = hashlib.sha256(b"queue" + reviewer.bytes).digest()
    return Seed(1 + int.from_bytes(drawn[:8]) % (LOTS - 1), int.from_bytes(drawn[8:16]) % LOTS)


def _own(asked: Asked) -> Seed:
    assert asked.user is not None  # noqa: S101 - only people have a queue
    return seed_of(asked.user)


_ASKING = (
    Given(lambda asked: _own(asked).factor, BigIntegerField()),
    Given(lambda asked: _own(asked).shift, BigIntegerField()),
)
