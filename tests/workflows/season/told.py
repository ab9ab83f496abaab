"""What the trail tells of a season: read from the bytes of its events and from nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accreditation_engine.trail.models import Event

JUDGING = {"reviewer", "panel", "appeal_panel"}
JUDGED = {"transition", "rated", "consensus_proposed", "consensus_confirmed", "contest_answered"}
ASKED = {"assigned", "claimed", "drawn", "handed_over"}
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Trail:
    """Events by stream, in order."""

    streams: Mapping[UUID, list[Said]]

    def of(self, stream: UUID, *kinds: str) -> list[Said]:
        return [each for each in self.streams[stream] if each["kind"] in kinds]

    def every(self, *kinds: str) -> Iterator[Said]:
        return (each for stream in self.streams for each in self.of(stream, *kinds))

    def judges(self, file: UUID) -> dict[str, set[UUID]]:
        """By role, whoever rated, agreed on ratings, voted, decided or answered points."""
        found = defaultdict[str, set[UUID]](set)
        for each in self.of(file, *JUDGED):
            if each["role"] in JUDGING:
                found[each["role"]].add(UUID(each["actor"]["id"]))
        return found

    def left_out(self, file: UUID) -> set[UUID]:
        """Whoever declared a tie, was named with one, was objected to and is out, or stepped aside."""
        own = {each["actor"]["id"] for each in self.of(file, "interest_declared", "recused")}
        named = {each["data"]["person"] for each in self.of(file, "tie_named")}
        return {
            UUID(each)
            for each in own | named | {each["data"]["reviewer"] for each in self.of(file, "objection_upheld")}
        }


def trail() -> Trail:
    found = defaultdict[UUID, list[Said]](list)
    for stored in Event.objects.order_by("stream", "seq").values_list("body", flat=True).iterator():
        event = json.loads(bytes(stored))
        found[UUID(event["stream"])].append(event)
    return Trail(found)
