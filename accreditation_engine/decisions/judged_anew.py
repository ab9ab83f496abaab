"""A decision that stands while what was judged has changed, because an appeal was upheld: what counts from then on
as judged is written down by an event of its own (docs/decisions/052)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Subquery

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import Actor
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.recording import record
from accreditation_engine.reviews.pieces import all_pieces
from accreditation_engine.trail.models import Event

JUDGED_ANEW = "judged_anew"
OF_VOTES = ("ballot", "cast")
"""What a decision keeps of its votes, which stay as they were."""


def last_anew(dossier: Any) -> Subquery:
    """In SQL, the number of the last event by which what was decided of `dossier` was judged anew; NULL where none
    was."""
    events = Event.objects.filter(stream=dossier, kind=JUDGED_ANEW).order_by("-seq")
    return Subquery(events.values("seq")[:1])


def judge_anew(dossier: Dossier, decision: Event, facts: Mapping[str, Any], by: Actor, role: str) -> None:
    """From now on what is there today, the `facts`, counts as what `decision` has judged."""
    scheme = compiled(dossier.edition_id)
    today = all_pieces(scheme, facts, {})
    votes = {name: each for name, each in decision.data.get("judged", {}).items() if name in OF_VOTES}
    record(
        dossier.pk, JUDGED_ANEW, by, role=role, edition=scheme.edition, data={"judged": {**today, **votes}}
    )
