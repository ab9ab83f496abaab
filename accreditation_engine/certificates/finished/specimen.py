"""A certificate of nobody, to see what a template makes of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

from django.utils import timezone

from accreditation_engine.certificates.effects import Issue
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.definitions.durations import after
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.domain import initials
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import LONGEST
from accreditation_engine.engine.compiled import Compiled

from .content import content_of
from .template import page_of

Sample = Literal["western", "arabic-indic", "long"]
SAMPLES: tuple[Sample, ...] = get_args(Sample)
"""Digits as they are written in the Arabic half; the second of them with a scope, and the third with one and with
names as long as they may be, on a certificate without end."""
PERCENTS = ("91.25", "84", "100", "77.5", "88", "69")
USUAL = Bilingual(ar="جمعية النموذج للتنمية المجتمعية", en="Specimen Society for Community Development")
SCOPE = Bilingual(
    ar="برامج التعليم المجتمعي وحماية الطفل في محافظتي أسوان والأقصر، والمقر الرئيسي؛ ولا يشمل مركز التدريب.",
    en="Community education and child protection in the governorates of Aswan and Luxor, and the head office; the"
    " training centre is not covered.",
)
LONG_SCOPE = Bilingual(ar=" ".join([SCOPE.ar] * 4)[:LONGEST], en=" ".join([SCOPE.en] * 4)[:LONGEST])
LONG = Bilingual(ar=" ".join([USUAL.ar] * 6)[:200], en=" ".join([USUAL.en] * 6)[:200])


def specimen(scheme: Compiled, sample: Sample) -> bytes:
    """The page that the scheme's template makes of an invented certificate of its open edition, marked as a
    specimen. Raises TypesettingError where it makes none, LookupError where the scheme certifies nothing."""
    rubric = certified_by(scheme)
    if rubric is None:
        raise LookupError("the scheme issues no certificate")
    outcome = next(each for each in rubric.outcomes if each.valid_for)
    today, name = timezone.localdate(), LONG if sample == "long" else USUAL
    scope = {"arabic-indic": SCOPE, "long": LONG_SCOPE}.get(sample)
    certificate = Certificate(
        dossier=Dossier(edition_id=scheme.edition, scheme=scheme.workflow.id),
        number=f"C-{initials(scheme.workflow.id)}-{today.year}-0000",
        holder_ar=name.ar,
        holder_en=name.en,
        holder_number="0000",
        rubric=rubric.id,
        outcome=outcome.outcome,
        areas=[
            {"id": area.id, "percent": PERCENTS[place % len(PERCENTS)]}
            for place, area in enumerate(rubric.areas)
        ],
        issued_on=today,
        valid_until=after(today, outcome.valid_for) if outcome.valid_for and sample != "long" else None,
        scope_ar=scope.ar if scope else "",
        scope_en=scope.en if scope else "",
    )
    digits: Literal["western", "arabic-indic"] = "western" if sample == "western" else "arabic-indic"
    return page_of(replace(content_of(certificate), digits=digits, specimen=True), scheme.workflow.id)


def certified_by(scheme: Compiled) -> Rubric | None:
    """The rubric whose outcome is certified; None where the scheme issues no certificate."""
    asked = [
        each.parameters
        for step in scheme.steps.values()
        for each in step.effects
        if isinstance(each.parameters, Issue)
    ]
    if not asked:
        return None
    found = scheme.rubrics[asked[0].rubric or next(iter(scheme.rubrics))]
    return found if any(each.valid_for for each in found.outcomes) else None
