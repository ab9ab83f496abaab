"""What a finding said when it was judged stays: the decision rests on it, until it is decided anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.unannounced import kept_from
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, wording
from accreditation_engine.engine.words import transition_title
from accreditation_engine.reviews.amending import stands_for_now
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.pieces import PIECES
from accreditation_engine.trail.models import Event

from .since import decided_next, latest_decision


def judged_finding_stands(finding: Finding, dossier: Dossier, role: str) -> list[Reason]:
    """After the decision, until one is taken anew. Whoever may not know of it is told what they were told before.
    One query."""
    scheme = compiled(dossier.edition_id)
    decision = latest_decision(dossier)
    if decision is None or not {dossier.state, decision.target}.isdisjoint(decided_next(scheme)):
        return []
    if not _judged(decision, finding):
        return []
    if kept_from(dossier.edition_id, dossier.state, [role]):
        return [Reason("findings_before_the_panel")]
    parameters = {"edition": decision.edition, "transition": decision.transition, "seq": decision.seq}
    return [Reason("finding_judged", parameters)]


def _judged(decision: Event, finding: Finding) -> bool:
    """An event from before there were pieces does not tell which."""
    pieces = decision.data.get("judged", {}).get(PIECES)
    return pieces is None or str(finding.pk) in pieces["findings"]


@wording("finding_judged")
def _finding_judged(parameters: Mapping[str, Any]) -> str:
    step = transition_title(parameters["edition"], parameters["transition"])
    return _(
        "A decision rests on what stands here (“%(step)s”, event %(seq)d), so it is not changed. Say what is to be"
        " put right with the next step of this finding; what was wrong when it was judged is put right on appeal."
    ) % isolated({"step": step, "seq": parameters["seq"]})


stands_for_now.append(judged_finding_stands)
