"""What was judged, as a part of verifying the trail."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from uuid import UUID

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import verification
from accreditation_engine.trail.problems import Problem, Tally

from .since import Since, since_decisions

AT_ONCE = 200
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
"""An event or an edition that is not what it was: named as such by others, and nothing to compare with."""


def changed_since_decisions(stream: UUID | None, contents: bool, tally: Tally) -> Iterator[Problem]:
    """A problem for each piece that is not as it was when it was judged. Stored files are read as a whole
    elsewhere."""
    keys = Dossier.objects.order_by("pk").values_list("pk", flat=True)
    found = iter((keys if stream is None else keys.filter(pk=stream)).iterator(AT_ONCE))
    while some := list(islice(found, AT_ONCE)):
        for dossier, since in _since(some):
            for each in since.serious:
                detail = f"not as it was when it was judged: {each}"
                yield Problem(dossier, since.decision.seq, "judged", detail)


def _since(dossiers: Collection[UUID]) -> list[tuple[UUID, Since]]:
    """One by one where one of them cannot be read."""
    try:
        return list(since_decisions(dossiers))
    except UNREADABLE:
        if len(dossiers) == 1:
            return []
        return [found for each in dossiers for found in _since([each])]


verification.more.append(changed_since_decisions)
