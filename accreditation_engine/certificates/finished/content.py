"""What the paper of a certificate says, taken from the certificate and kept with the paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from django.conf import settings
from django.urls import reverse
from pydantic import TypeAdapter

from accreditation_engine.certificates.holder import holder_of
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.compiled import Compiled, compiled

KEPT = TypeAdapter(CertificateContent)


def content_of(certificate: Certificate, version: int = 1) -> CertificateContent:
    """What the paper says; its words come from the edition that the dossier was judged by. Raises ValueError where
    a certificate was forged so that it ends before it begins."""
    scheme = compiled(certificate.dossier.edition_id)
    holder, rubric = holder_of(certificate), scheme.rubrics[certificate.rubric]
    return CertificateContent(
        body=Bilingual(**settings.ACCREDITING_BODY),
        title=scheme.workflow.title,
        number=certificate.number,
        holder=holder.name,
        registration_number=holder.registration_number,
        outcome=outcome_title(certificate, scheme),
        edition=scheme.workflow.edition,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        register_url=register_address(certificate.number),
        areas=_areas(certificate, rubric),
        scope=scope_of(certificate),
        palette=palette_of(certificate),
        digits=settings.ARABIC_DIGITS,
        version=version,
    )


def kept(content: CertificateContent) -> dict[str, Any]:
    """As JSON."""
    document: dict[str, Any] = KEPT.dump_python(content, mode="json")
    return document


def from_kept(document: dict[str, Any]) -> CertificateContent:
    return KEPT.validate_python(document, strict=False)


def scope_of(certificate: Certificate) -> Bilingual | None:
    """What of the holder it covers; None for the whole organisation."""
    scope = certificate.scope
    return None if scope.whole else Bilingual(ar=scope.ar, en=scope.en)


def palette_of(certificate: Certificate) -> Literal["gold", "green"]:
    """Gold for the best of several outcomes that certify; where there is one, it is no distinction."""
    rubric = compiled(certificate.dossier.edition_id).rubrics[certificate.rubric]
    certifying = [each.outcome for each in rubric.outcomes if each.valid_for]
    distinct = len(certifying) > 1 and certificate.outcome == certifying[0]
    return "gold" if distinct else "green"


def outcome_title(certificate: Certificate, scheme: Compiled) -> Bilingual:
    outcomes = scheme.rubrics[certificate.rubric].outcomes
    return next(each.title for each in outcomes if each.outcome == certificate.outcome)


def register_address(number: str) -> str:
    """Where a stranger looks the certificate up: the address in the QR."""
    return settings.SITE_URL + reverse("register_entry", args=[number])


def _areas(certificate: Certificate, rubric: Rubric) -> tuple[AreaResult, ...]:
    """The results of the areas that apply to the holder."""
    titles = {area.id: area.title for area in rubric.areas}
    applying = [each for each in certificate.areas if each["percent"] is not None]
    return tuple(AreaResult(titles[each["id"]], Decimal(each["percent"])) for each in applying)
