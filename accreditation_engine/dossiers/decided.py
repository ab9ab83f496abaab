"""Which dossiers have been decided: what they came to is no secret of those who still judge."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.registry import roles
from accreditation_engine.trail.models import Event

from .models import Dossier
from .unannounced import unannounced


def decided(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Those of `dossiers` that somebody who decides has moved on, and that wait for no decision now: not while an
    appeal is heard, nor after one was upheld, nor before a decision is announced. Under a workflow in which nobody
    has such a role, those that ended.

    One query for the editions, once they are compiled; the result is a query of its own.
    """
    deciders = [name for name, role in roles.items() if role.judges == "deciding"]
    moved = Event.objects.filter(stream=OuterRef("pk"), role__in=deciders).exclude(source=F("target"))
    which = Q(pk__in=[])
    for edition in dossiers.order_by().values_list("edition_id", flat=True).distinct():
        workflow = compiled(edition).workflow
        waiting = _waiting(workflow, frozenset(deciders))
        if waiting:
            waiting += unannounced(edition)
            which |= Q(Exists(moved), edition=edition) & ~Q(state__in=waiting)
        else:
            which |= Q(
                edition=edition, state__in=[name for name, each in workflow.states.items() if each.final]
            )
    return dossiers.filter(which)


def _waiting(workflow: Workflow, deciders: frozenset[str]) -> list[str]:
    """The states that a decision leaves."""
    steps = [each for each in workflow.transitions.values() if deciders.intersection(each.by)]
    return sorted({state for each in steps for state in each.from_ if state != each.to})
