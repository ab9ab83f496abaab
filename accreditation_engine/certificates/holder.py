"""Whom a certificate certifies: as of its issue, whatever the organisation is called today."""

from __future__ import annotations

from dataclasses import dataclass

from accreditation_engine.definitions.base import Bilingual

from .models import Certificate


@dataclass(frozen=True)
class Holder:
    name: Bilingual
    registration_number: str


def holder_of(certificate: Certificate) -> Holder:
    """As issued. A certificate of before that was kept tells the organisation's names of today, which its own
    trail vouches for."""
    if not certificate.holder_number:
        return holder_today(certificate)
    return Holder(Bilingual(ar=certificate.holder_ar, en=certificate.holder_en), certificate.holder_number)


def holder_today(certificate: Certificate) -> Holder:
    organisation = certificate.dossier.organisation
    return Holder(
        Bilingual(ar=organisation.name_ar, en=organisation.name_en), organisation.registration_number
    )
