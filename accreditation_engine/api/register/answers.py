"""What the register answers. Fields of the same names as in its exports (docs/register.md) say the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from ninja import Schema
from pydantic import ConfigDict

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.public_fields import public_fields
from accreditation_engine.certificates.replacing import replacing
from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.engine.compiled import compiled

SITE = "https://accreditation.example"
EXAMPLE_LINE: dict[str, Any] = {
    "number": "ICC-2026-00042",
    "status": "active",
    "holder_ar": "جمعية الأمل",
    "holder_en": "Hope Association",
    "registration_number": "EG-1024",
    "name_today_ar": "جمعية الأمل",
    "name_today_en": "Hope Association",
    "registration_number_today": "EG-1024",
    "country": "EG",
    "governorate": "EG-GZ",
    "scheme": "institutional-commitment",
    "scheme_title_ar": "شهادة الالتزام المؤسسي",
    "scheme_title_en": "Institutional Commitment Certificate",
    "edition": "2026.1",
    "outcome": "gold",
    "outcome_title_ar": "ذهبي",
    "outcome_title_en": "Gold",
    "issued_on": "2026-03-01",
    "valid_until": "2029-02-28",
    "url": f"{SITE}/register/ICC-2026-00042/",
    "scope_ar": "برامج التعليم في محافظة أسوان",
    "scope_en": "Education programmes in the governorate of Aswan",
}
_AREA: dict[str, Any] = {
    "id": "integrity",
    "title_ar": "النزاهة",
    "title_en": "Integrity",
    "percent": "91.25",
}
_MORE: dict[str, Any] = {
    "areas": [_AREA],
    "changed_since_decision": False,
    "replaced_by": None,
    "paper": f"{SITE}/register/ICC-2026-00042/certificate.pdf",
    "credential": f"{SITE}/register/ICC-2026-00042/credential.json",
    "badge": f"{SITE}/register/ICC-2026-00042/badge.svg",
}


class CertificateLine(Schema):
    """One certificate in the register. `status` is what it is worth today; names and number of the holder are
    those of the day of issue, and beside them those of today. `governorate` is a code of ISO 3166-2 in Egypt, and
    as it was written elsewhere. `url` is its page for people. The scope is "" in both languages where the whole
    organisation is certified."""

    number: str
    status: PublicStatus
    holder_ar: str
    holder_en: str
    registration_number: str
    name_today_ar: str
    name_today_en: str
    registration_number_today: str
    country: str
    governorate: str
    scheme: str
    scheme_title_ar: str
    scheme_title_en: str
    edition: str
    outcome: str
    outcome_title_ar: str
    outcome_title_en: str
    issued_on: date
    valid_until: date | None
    url: str
    scope_ar: str
    scope_en: str

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_LINE})

    @classmethod
    def of(cls, certificate: Certificate) -> CertificateLine:
        return cls.model_validate(public_fields(certificate))


class CertificatesAnswer(Schema):
    """Certificates, the latest first. `next` is the `after` of the following page; null: there is none."""

    certificates: list[CertificateLine]
    next: str | None

    model_config = ConfigDict(json_schema_extra={"example": {"certificates": [EXAMPLE_LINE], "next": None}})


class CertifiedArea(Schema):
    """The result in one area that applies to the holder, in percent."""

    id: str
    title_ar: str
    title_en: str
    percent: str

    model_config = ConfigDict(json_schema_extra={"example": _AREA})


class CertificateAnswer(CertificateLine):
    """One certificate. `replaced_by` is the number of the one that took its place. Where `changed_since_decision`,
    something that was judged is not as it was: no paper is handed out until somebody has looked into it. A paper
    that is still being made answers 503 at its address for a moment."""

    areas: list[CertifiedArea]
    changed_since_decision: bool
    replaced_by: str | None
    paper: str
    credential: str
    badge: str

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_LINE | _MORE})

    @classmethod
    def of(cls, certificate: Certificate) -> CertificateAnswer:
        newer = replacing(certificate)
        return cls.model_validate(
            {
                **public_fields(certificate),
                "areas": _areas(certificate),
                "changed_since_decision": basis_changed(certificate),
                "replaced_by": newer.number if newer else None,
                "paper": _address("certificate_pdf", certificate),
                "credential": _address("certificate_credential", certificate),
                "badge": _address("certificate_badge", certificate),
            }
        )


def _areas(certificate: Certificate) -> list[dict[str, str]]:
    rubric = compiled(certificate.dossier.edition_id).rubrics[certificate.rubric]
    titles = {area.id: area.title for area in rubric.areas}
    return [
        {
            "id": each["id"],
            "title_ar": titles[each["id"]].ar,
            "title_en": titles[each["id"]].en,
            "percent": each["percent"],
        }
        for each in certificate.areas
        if each["percent"] is not None
    ]


def _address(name: str, certificate: Certificate) -> str:
    return settings.SITE_URL + reverse(name, args=[certificate.number])
