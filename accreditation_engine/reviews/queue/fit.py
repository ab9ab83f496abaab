"""Whether something ties a reviewer to a dossier, asked of many dossiers at once: `reviewers_unfit` the other way
round. A reviewer is an id, or the gap `USER` of a question that is prepared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Q

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.registry import roles
from accreditation_engine.reviews.interests.last_time import last_time_in_sql
from accreditation_engine.reviews.interests.ties import allowing, kept_out, pair_of, upheld_objections


def unfit(reviewer: Any, schemes: Iterable[Compiled]) -> Q:
    """Dossiers that the reviewer must not review: for an interest in the organisation, for having judged the
    dossier in another part, for an objection that was upheld, or, where a workflow of `schemes` has reviewers
    rotate, for having reviewed the organisation's last dossier."""
    rotating = [each.edition for each in schemes if rotates(each)]
    if not rotating:
        return tied(reviewer)
    return tied(reviewer) | (Q(edition__in=rotating) & reviewed_last(reviewer))


def rotates(scheme: Compiled) -> bool:
    reviewing = scheme.workflow.reviewing
    return reviewing is not None and reviewing.rotate


def tied(reviewer: Any) -> Q:
    pair = pair_of(Dossier, reviewer)
    found = kept_out(pair) | Q(Exists(upheld_objections(pair)))
    for name, role in roles.items():
        if role.judges == "deciding":
            found |= Q(took_part(Dossier, name, reviewer))
    return found


def reviewed_last(reviewer: Any) -> Q:
    allowed = Exists(allowing(pair_of(Dossier, reviewer)))
    return Q(Exists(last_time_in_sql(reviewer))) & ~Q(allowed)
