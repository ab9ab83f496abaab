"""What was written down after a decision: whether somebody, by an act of the site's, changed what was judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from accreditation_engine.dossiers.stating_scope import SCOPE_STATED
from accreditation_engine.engine.registry import roles
from accreditation_engine.reviews.models import Origin
from accreditation_engine.trail.models import Event

from .comparing import OF_RATINGS, Change

ON_REVIEWS = ("rated", *Origin.values, "released", "consensus_reached")
OF_EVIDENCE = {
    "evidence_added": ("evidence_filed",),
    "evidence_gone": ("evidence_taken_back",),
    "evidence_replaced": ("evidence_filed", "evidence_taken_back"),
}
AS_A_WHOLE = "evidence"
"""How an event from before pieces were kept has it: which file came or went since cannot be told."""


@dataclass(frozen=True)
class Recorded:
    events: Sequence[Event]

    def explains(self, change: Change) -> bool:
        """Whether an event tells of `change`. Which rating a review changed is compared with the trail by
        verification; here it is enough that a review was worked on."""
        if change.what in OF_EVIDENCE:
            return all(self._of_file(kind, change) for kind in OF_EVIDENCE[change.what])
        if change.what == "scope":
            return any(each.kind == SCOPE_STATED for each in self.events)
        if change.what == AS_A_WHOLE:
            return any(each.kind.startswith("evidence_") for each in self.events)
        return change.what in {*OF_RATINGS, "sheet"} and any(_of_reviews(each) for each in self.events)

    def agreed(self, change: Change) -> bool:
        """Whether it was agreed on for this very criterion; of a change that is no agreement, what `explains`
        says."""
        if change.what != "consensus":
            return self.explains(change)
        wanted = (change.about["rubric"], change.about["criterion"], change.about["after"])
        return any(
            each.kind == "consensus_reached"
            and (each.data.get("rubric"), each.data.get("criterion"), each.data.get("value")) == wanted
            for each in self.events
        )

    def _of_file(self, kind: str, change: Change) -> bool:
        about = {name: change.about[name] for name in ("rubric", "criterion") if name in change.about}
        sha256 = change.about.get("before" if kind == "evidence_taken_back" else "sha256")
        sha256 = sha256 or change.about.get("sha256")
        wanted = {**about, "sha256": sha256}
        return any(
            each.kind == kind and {name: each.data.get(name) for name in wanted} == wanted
            for each in self.events
        )


def recorded_since(decision: Event) -> Recorded:
    """One query."""
    kinds = {*ON_REVIEWS, "evidence_filed", "evidence_taken_back", SCOPE_STATED, "transition"}
    events = Event.objects.filter(stream=decision.stream, seq__gt=decision.seq, kind__in=kinds)
    return Recorded(list(events.order_by("seq")))


def _of_reviews(event: Event) -> bool:
    if event.kind == "transition":
        return event.role in roles and roles[event.role].judges == "reviewing"
    return event.kind in ON_REVIEWS
