"""What decisions add to a bundle of dossiers. Rows name a ballot by its number, all else by that of its event."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accreditation_engine.engine.bundles import registry
from accreditation_engine.trail.bundle.rows import rows

from .models import Ballot, Closing, Dissent, Minute, Recusal, Vote

Row = dict[str, Any]


def register() -> None:
    registry.tables |= {
        "ballots": _ballots,
        "closings": _closings,
        "votes": _votes,
        "dissents": _dissents,
        "recusals": _recusals,
        "minutes": _minutes,
    }


def _ballots(dossiers: Collection[UUID]) -> Iterator[Row]:
    yield from rows(Ballot.objects.filter(dossier__in=dossiers), ("dossier_id", "number", "opened_at"))


def _closings(dossiers: Collection[UUID]) -> Iterator[Row]:
    closed = Closing.objects.filter(ballot__dossier__in=dossiers)
    for row in _of_ballots(dossiers, closed, "seq", "closed_at"):
        yield {"number": row.pop("ballot"), **row}


def _votes(dossiers: Collection[UUID]) -> Iterator[Row]:
    cast = Vote.objects.filter(ballot__dossier__in=dossiers)
    yield from _of_ballots(dossiers, cast, "member_id", "choice", "seq")


def _dissents(dossiers: Collection[UUID]) -> Iterator[Row]:
    yield from _of_ballots(dossiers, Dissent.objects.filter(ballot__dossier__in=dossiers), "member_id", "seq")


def _of_ballots(dossiers: Collection[UUID], found: QuerySet[Any], *columns: str) -> Iterator[Row]:
    """Rows that belong to a ballot: by its number."""
    numbered = rows(Ballot.objects.filter(dossier__in=dossiers), ("id", "dossier_id", "number"))
    ballots = {str(each["id"]): each for each in numbered}
    for row in rows(found, ("ballot_id", *columns)):
        ballot = ballots.get(str(row.pop("ballot_id")), {})
        yield {"dossier_id": ballot.get("dossier_id"), "ballot": ballot.get("number"), **row}


def _recusals(dossiers: Collection[UUID]) -> Iterator[Row]:
    columns = ("dossier_id", "seq", "member_id", "recused_at")
    yield from rows(Recusal.objects.filter(dossier__in=dossiers), columns)


def _minutes(dossiers: Collection[UUID]) -> Iterator[Row]:
    yield from rows(Minute.objects.filter(dossier__in=dossiers), ("dossier_id", "seq", "sitting_id"))
