"""From a certificate in the register to its paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from django.conf import settings
from django.urls import reverse

from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.compiled import Compiled, compiled

from .basis import basis_changed
from .holder import holder_of
from .models import Certificate
from .paper import AreaResult, CertificateContent, render_certificate


def print_certificate(certificate: Certificate) -> bytes:
    """The PDF/A-3b of `certificate`. The same certificate always makes the same bytes, until something that was
    judged is changed: from then on the paper says so.

    Raises TypesettingError when the page cannot be set.
    """
    return render_certificate(content_of(certificate))


def content_of(certificate: Certificate) -> CertificateContent:
    """What the paper says; its words come from the edition that the dossier was judged by."""
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
        palette=palette_of(certificate),
        digits=settings.ARABIC_DIGITS,
        changed=basis_changed(certificate),
    )


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
