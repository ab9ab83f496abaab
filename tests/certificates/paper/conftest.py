"""A certificate as a body would issue it, with an invented holder."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent, Signatory
from accreditation_engine.definitions.base import Bilingual

AREAS = (
    ("النزاهة", "Integrity", "92"),
    ("الشفافية", "Transparency", "88.5"),
    ("المساءلة", "Accountability", "95"),
    (
        "الالتزام بالاتفاقيات المحلية والاستراتيجيات الوطنية",
        "Commitment to local agreements and national strategies",
        "81.25",
    ),
    ("المشاركة", "Participation", "87"),
)


@pytest.fixture
def content() -> CertificateContent:
    return CertificateContent(
        body=Bilingual(ar="هيئة الاعتماد الأهلي", en="Civil Accreditation Body"),
        title=Bilingual(ar="شهادة الالتزام المؤسسي", en="Institutional Commitment Certificate"),
        number="ICC-2026-000123",
        holder=Bilingual(ar="جمعية بنات الغد للتنمية", en="Girls of Tomorrow Association"),
        registration_number="4512/2009",
        outcome=Bilingual(ar="الفئة الذهبية", en="Gold"),
        edition="2026.1",
        issued_on=date(2026, 3, 5),
        valid_until=date(2029, 3, 4),
        register_url="https://accreditation.example.org/register/ICC-2026-000123/",
        areas=tuple(AreaResult(Bilingual(ar=ar, en=en), Decimal(percent)) for ar, en, percent in AREAS),
        signatories=(
            Signatory(
                Bilingual(ar="د. سلمى حسن", en="Dr Salma Hassan"),
                Bilingual(ar="رئيسة لجنة الاعتماد", en="Chair of the accreditation panel"),
            ),
        ),
        palette="gold",
    )
