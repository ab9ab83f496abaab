"""What a finding rests on, who sees to it, and what shows that something was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Correction, Finding
from accreditation_engine.trail.queries import Told

from .answers import file_list
from .reader import Reader, language


@dataclass(frozen=True)
class Beside:
    """What lies beside the findings of a page, fetched once for all of them."""

    filed: Mapping[str, Evidence] = field(default_factory=dict)
    corrections: Mapping[UUID, list[Evidence]] = field(default_factory=dict)
    members: Sequence[User] = ()


def beside(reader: Reader, findings: Sequence[Finding]) -> Beside:
    """Three queries at most, however many findings."""
    filed: dict[str, Evidence] = {}
    corrections: dict[UUID, list[Evidence]] = {}
    if reader.sees("evidence") and findings:
        for each in Evidence.objects.filter(dossier=reader.dossier).order_by("-pk"):
            filed[each.sha256] = each
        links = Correction.objects.filter(finding__in=findings).select_related("evidence").order_by("pk")
        for link in links:
            corrections.setdefault(link.finding_id, []).append(link.evidence)
    return Beside(filed, corrections, _members(reader) if findings else ())


def _members(reader: Reader) -> Sequence[User]:
    """Who may be named, for those who name."""
    if not (reader.plays("applicant") or reader.plays("coordinator")):
        return ()
    current = {"memberships__organisation": reader.dossier.organisation_id, "memberships__ended_at": None}
    return list(User.objects.filter(is_active=True, **current).order_by("name", "pk").distinct())


def parts_of(reader: Reader, finding: Finding, said: Sequence[Told], near: Beside) -> dict[str, Any]:
    """For finding.html, beside what it had."""
    waits_for = compiled(finding.edition_id).workflow.states[finding.state].waits_for
    address = [reader.dossier.pk, finding.pk]
    names = reader.names or reader.plays("applicant")
    return {
        "text": next((each.comment for each in said if not each.event.transition), ""),
        "basis": _basis(reader, finding),
        "evidence": file_list(near.filed[each] for each in finding.evidence if each in near.filed),
        "corrections": file_list(near.corrections.get(finding.pk, [])),
        "owner": finding.owner.name if finding.owner and names else "",
        "owner_pk": finding.owner_id,
        "members": near.members if waits_for else (),
        "owner_url": reverse("finding_owner", args=address),
        "file_url": reverse("finding_file", args=address)
        if reader.plays("applicant") and waits_for == "applicant"
        else "",
    }


def _basis(reader: Reader, finding: Finding) -> list[str]:
    """Why a rule raised it; and, where nothing was filed, what was looked for."""
    if not finding.rating:
        return []
    told = []
    if reader.sees("scores", "ratings"):
        told.append(
            _("Raised by the rubric for the rating %(rating)s.") % isolated({"rating": finding.rating})
        )
    if not finding.evidence:
        told.append(_("Nothing lay in evidence for this criterion."))
        rubric = reader.scheme.rubrics[finding.rubric]
        criterion = next((each for each in rubric.every_criterion() if each.id == finding.criterion), None)
        if criterion and criterion.guidance:
            guidance = criterion.guidance.in_language(language())
            told.append(_("What was looked for: %(guidance)s") % {"guidance": guidance})
    return told
