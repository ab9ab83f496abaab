"""Whether something ties a reviewer to a dossier, asked of many dossiers at once: `reviewers_unfit` the other way
round."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, Q

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.last_time import last_time_in_sql
from accreditation_engine.reviews.interests.ties import allowing, kept_out, pair_of, upheld_objections


def unfit(reviewer: User, schemes: Iterable[Compiled]) -> Q:
    """Dossiers that `reviewer` must not review: for an interest in the organisation, for having judged the dossier
    in another part, for an objection that was upheld, or, where a workflow of `schemes` has reviewers rotate, for
    having reviewed the organisation's last dossier."""
    pair = pair_of(Dossier, reviewer.pk)
    found = kept_out(pair) | Q(Exists(upheld_objections(pair)))
    for name, role in roles.items():
        if role.judges == "deciding":
            found |= Q(took_part(Dossier, name, reviewer.pk))
    return found | _reviewed_last(reviewer, schemes)


def _reviewed_last(reviewer: User, schemes: Iterable[Compiled]) -> Q:
    rotating = [
        each.edition for each in schemes if each.workflow.reviewing and each.workflow.reviewing.rotate
    ]
    if not rotating:
        return Q(pk__in=[])
    allowed = Exists(allowing(pair_of(Dossier, reviewer.pk)))
    return Q(edition__in=rotating) & Q(Exists(last_time_in_sql(reviewer.pk))) & ~Q(allowed)
