"""Every version of every report told again from its events, as a part of verifying the trail."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from uuid import UUID

from accreditation_engine.engine import verification
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally

from .versions import AMENDED, MADE, told_versions

UNREADABLE = (LookupError, ValueError, TypeError, AttributeError, RecursionError)
"""An event that is not what it was: named as such by others."""
AT_ONCE = 200


def versions_differ(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """A problem for each version whose digest is not that of what events say, or whose number does not follow."""
    events = Event.objects.filter(kind__in=(MADE, AMENDED)).order_by("stream", "seq")
    chosen = events if stream is None else events.filter(stream=stream)
    for dossier, own in groupby(chosen.iterator(AT_ONCE), key=lambda each: each.stream):
        try:
            versions = told_versions(own)
        except UNREADABLE:
            continue
        for number, version in enumerate(versions, start=1):
            said = version.event.data["digest"], version.number
            if said != (version.content.digest, number):
                detail = "this version of the report is not what its events say"
                yield Problem(dossier, version.event.seq, "report", detail)


verification.more.append(versions_differ)
