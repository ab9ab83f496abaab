"""What a finding rests on, who sees to it, and what shows that something was done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.visibility import visible
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import workers_of
from accreditation_engine.portal.sending.places import CORRECTION, Place
from accreditation_engine.reviews.models import Correction, Finding
from accreditation_engine.reviews.wording import EXPLAINED, WORDED
from accreditation_engine.trail.queries import Told
from accreditation_engine.uploads.kinds import file_field

from .amend_form import may_amend
from .anonymous import knows
from .answers import file_list
from .reader import Reader, language


@dataclass(frozen=True)
class Beside:
    """What lies beside the findings of a page, fetched once for all of them."""

    filed: Mapping[str, Evidence] = field(default_factory=dict)
    corrections: Mapping[UUID, list[Evidence]] = field(default_factory=dict)
    members: Sequence[User] = ()


def beside(reader: Reader, findings: Sequence[Finding]) -> Beside:
    """Two queries at most, however many findings."""
    filed: dict[str, Evidence] = {}
    corrections: dict[UUID, list[Evidence]] = {}
    digests = {each for finding in findings for each in finding.evidence}
    for each in _files(reader, digests) if reader.sees("evidence") and findings else ():
        if each.sha256 in digests:
            filed.setdefault(each.sha256, each)
        for link in each.corrects:
            corrections.setdefault(UUID(link["finding_id"]), []).append(each)
    members = _members(reader) if any(_waits_for(each) for each in findings) else ()
    return Beside(filed, corrections, members)


def _files(reader: Reader, digests: Collection[str]) -> Iterable[Any]:
    """Those with `digests`, and those that show a correction, as they were filed. One query."""
    links = Correction.objects.filter(evidence=OuterRef("pk")).order_by("pk")
    found = Evidence.objects.filter(dossier=reader.dossier).annotate(corrects=Rows(links, "finding_id"))
    shows_one = Q(pk__in=Correction.objects.filter(finding__dossier=reader.dossier).values("evidence"))
    return found.filter(shows_one | Q(sha256__in=digests)).order_by("pk")


def filed_by_digest(reader: Reader, findings: Sequence[Finding]) -> dict[str, Evidence]:
    """The files on which `findings` rest, where the reader sees evidence. One query, none for none."""
    digests = {each for finding in findings for each in finding.evidence}
    if not (reader.sees("evidence") and digests):
        return {}
    filed = Evidence.objects.filter(dossier=reader.dossier, sha256__in=digests)
    return {each.sha256: each for each in filed.order_by("-pk")}


def _members(reader: Reader) -> Sequence[User]:
    """Who may be named, for those who name."""
    if not (reader.acts("applicant") or reader.plays("coordinator")):
        return ()
    return list(workers_of(reader.dossier.organisation_id))


def _waits_for(finding: Finding) -> str | None:
    return compiled(finding.edition_id).workflow.states[finding.state].waits_for


def parts_of(reader: Reader, finding: Finding, said: Sequence[Told], near: Beside) -> dict[str, Any]:
    """For finding.html, beside what it had."""
    waits_for = _waits_for(finding)
    address = [reader.dossier.pk, finding.pk]
    return {
        **_wording(said),
        "basis": basis_of(reader, finding, rated=reader.sees("scores", "ratings")),
        "evidence": rests_on(reader, finding, near.filed),
        "corrections": file_list(near.corrections.get(finding.pk, []), named=knows(reader)),
        "owner": str(finding.owner) if finding.owner and _knows_members(reader) else "",
        "owner_pk": finding.owner_id,
        "members": near.members if waits_for else (),
        "owner_url": reverse("finding_owner", args=address),
        "amend_url": reverse("amend_finding", args=address)
        if may_amend(reader) and not any(each.event.role == "applicant" for each in said)
        else "",
        "trail_url": reverse("finding_trail", args=address) if reads_trail(reader, finding) else "",
        "file_url": reverse("finding_file", args=address) if takes_files(reader, finding) else "",
        "pieces": correction_place(finding).address,
        "taken": file_field(),
    }


def correction_place(finding: Finding) -> Place:
    """What its files are sent for."""
    return Place(finding.dossier_id, CORRECTION, str(finding.pk))


def takes_files(reader: Reader, finding: Finding) -> bool:
    """Whether the reader adds files that show what was done."""
    return reader.acts("applicant") and _waits_for(finding) == "applicant"


def reads_trail(reader: Reader, finding: Finding) -> bool:
    """Whether the reader sees the trail of the file, and of this finding."""
    return reader.sees("trail") and "trail" in visible(finding, reader.roles)


def _knows_members(reader: Reader) -> bool:
    """Those who may name a member of the organisation read who was named."""
    return reader.names or reader.plays("applicant") or (reader.plays("reviewer") and knows(reader))


def _wording(said: Sequence[Told]) -> dict[str, Any]:
    """What was found, as it stands; and, where it was amended, each earlier wording with why it went."""
    worded = [each for each in said if each.event.kind in WORDED]
    reasons = [each.comment for each in said if each.event.kind == EXPLAINED]
    later = worded[1:]
    return {
        "text": worded[-1].comment if worded else "",
        "erased": worded[-1].erased if worded else False,
        "amended_at": later[-1].event.at if later else None,
        "earlier": [
            {"text": before.comment, "erased": before.erased, "at": after.event.at, "reason": reason}
            for before, after, reason in zip(worded, later, reasons, strict=False)
        ],
    }


def rests_on(reader: Reader, finding: Finding, filed: Mapping[str, Evidence]) -> list[dict[str, Any]]:
    """Its files, for parts/files.html."""
    return file_list((filed[each] for each in finding.evidence if each in filed), named=knows(reader))


def basis_of(reader: Reader, finding: Finding, *, rated: bool) -> list[str]:
    """Why a rule raised it; and, where nothing was filed, what was looked for. Without `rated` nothing that tells
    how the criterion was rated."""
    if not finding.rating:
        return []
    rubric = reader.scheme.rubrics[finding.rubric]
    told = list(_rule(rubric, finding, rated=rated))
    if rated:
        told.append(_("The rating was %(rating)s.") % isolated({"rating": finding.rating}))
    if not finding.evidence:
        told.append(_("Nothing lay in evidence for this criterion."))
        criterion = next((each for each in rubric.every_criterion() if each.id == finding.criterion), None)
        if criterion and criterion.guidance:
            guidance = criterion.guidance.in_language(language())
            told.append(_("What was looked for: %(guidance)s") % {"guidance": guidance})
    return told


def _rule(rubric: Rubric, finding: Finding, *, rated: bool) -> Iterator[str]:
    """The rule that raised it, where the file is still judged by it. Its bound tells the rating, or nearly: it is
    named to those who may read that."""
    bounds = [
        each.rating_at_most
        for each in rubric.findings
        if each.severity == finding.severity and Decimal(finding.rating) <= each.rating_at_most
    ]
    if not bounds:
        return
    values = {"rubric": rubric.title.in_language(language()), "bound": _bound(rubric, bounds[0])}
    if not rated:
        yield _("Recorded automatically under the rubric “%(rubric)s”.") % isolated(values)
        return
    sentences = {
        "major": _(
            "Recorded automatically under the rubric “%(rubric)s”: every criterion rated %(bound)s counts as a"
            " major nonconformity."
        ),
        "minor": _(
            "Recorded automatically under the rubric “%(rubric)s”: every criterion rated %(bound)s counts as a"
            " minor nonconformity."
        ),
        "observation": _(
            "Recorded automatically under the rubric “%(rubric)s”: every criterion rated %(bound)s counts as an"
            " observation."
        ),
    }
    yield sentences[finding.severity] % isolated(values)


def _bound(rubric: Rubric, bound: Decimal) -> str:
    """“or lower” only where the scale has something lower."""
    if bound == rubric.scale.minimum:
        return as_text(bound)
    return _("%(bound)s or lower") % isolated({"bound": as_text(bound)})
