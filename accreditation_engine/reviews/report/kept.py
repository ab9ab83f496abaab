"""What the organisation keeps of a report that its state shows it no more: its own points with their answers, and
the report as an appeal that was decided had it before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q

from accreditation_engine.definitions.paths import Graph
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.unannounced import APPLICANT, told_at_once
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.trail.models import Event

from .contesting import CONTESTED
from .standing import REPORT


@dataclass(frozen=True)
class Kept:
    """`points`: it has contested something. `until` is the event that decided its last appeal, 0 while none was:
    the versions that were made before it could be read then, and still can."""

    points: bool = False
    until: int = 0

    def __bool__(self) -> bool:
        return self.points or self.until > 0


def kept_by_organisation(dossier: Dossier) -> Kept:
    """One query where the file may have been in a state that shows the organisation its report, none before."""
    if dossier.state not in _behind_reports(dossier.edition_id):
        return Kept()
    decided = Q(kind="transition", transition__in=told_at_once(dossier.edition_id))
    events = Event.objects.filter(decided | Q(kind=CONTESTED), stream=dossier.pk).order_by("seq")
    kinds = list(events.values_list("kind", "seq"))
    return Kept(
        points=any(kind == CONTESTED for kind, _seq in kinds),
        until=max((seq for kind, seq in kinds if kind != CONTESTED), default=0),
    )


@lru_cache(maxsize=256)
def _behind_reports(edition: str) -> frozenset[str]:
    """The states that can be reached from one that shows the organisation its report, and these."""
    workflow = compiled(edition).workflow
    graph = Graph.of(workflow)
    showing = (name for name, each in workflow.states.items() if REPORT in each.shows.get(APPLICANT, ()))
    return frozenset().union(*(graph.reachable(each) for each in showing))
