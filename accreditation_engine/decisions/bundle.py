"""What decisions add to a bundle of dossiers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from accreditation_engine.engine.bundles import registry
from accreditation_engine.trail.bundle.rows import rows

from .models import Ballot, Vote


def register() -> None:
    registry.tables["ballots"] = _ballots
    registry.tables["votes"] = _votes


def _ballots(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    yield from rows(Ballot.objects.filter(dossier__in=dossiers), ("dossier_id", "number", "opened_at"))


def _votes(dossiers: Collection[UUID]) -> Iterator[dict[str, Any]]:
    """A vote belongs to a ballot by its number."""
    found = rows(Ballot.objects.filter(dossier__in=dossiers), ("id", "dossier_id", "number"))
    ballots = {str(each["id"]): each for each in found}
    for row in rows(
        Vote.objects.filter(ballot__dossier__in=dossiers), ("ballot_id", "member_id", "choice", "seq")
    ):
        ballot = ballots.get(str(row.pop("ballot_id")), {})
        yield {"dossier_id": ballot.get("dossier_id"), "ballot": ballot.get("number"), **row}
