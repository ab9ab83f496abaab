"""Votes against their events: who voted, and for what, is what the trail says."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.accounts import account, batches, said
from accreditation_engine.trail.verification import Problem

from .models import Vote


@account
def votes_as_written(stream: UUID | None) -> Iterator[Problem]:
    for dossiers in batches(Dossier.objects.all(), stream):
        rows = Vote.objects.filter(ballot__dossier__in=dossiers)
        columns = rows.values_list("ballot__dossier", "seq", "member", "choice")
        kept = {(dossier, seq): (member, choice) for dossier, seq, member, choice in columns}
        written = {
            (event.stream, event.seq): (event.actor, data["choice"])
            for event, data in said(dossiers, "transition")
            if "choice" in data
        }
        for key in sorted(written.keys() | kept.keys(), key=str):
            if kept.get(key) != written.get(key):
                yield Problem(*key, "vote", _difference(key in kept, key in written))


def _difference(kept: bool, written: bool) -> str:
    if kept and written:
        return "the vote is not the one that its event speaks of"
    return "a vote that no event speaks of" if kept else "the vote that its event speaks of is gone"
