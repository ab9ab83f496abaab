"""What search engines read of a page of the register: schema.org as JSON-LD, in a block of data that no browser
runs."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from accreditation_engine.certificates.finished.content import register_address
from accreditation_engine.certificates.holder import holder_of
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.status import public_status
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.governorates import governorate_in
from accreditation_engine.organisations.models import Organisation

from .entry import language

NO_MARKUP = str.maketrans(
    {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)
"""So that no name ends the block it stands in."""
Data = dict[str, Any]


def certificate_data(certificate: Certificate) -> SafeString:
    """A schema.org/Certification."""
    return _block(
        {"@context": "https://schema.org", **_certification(certificate), "about": _holder(certificate)}
    )


def organisation_data(organisation: Organisation, certificates: list[Certificate]) -> SafeString:
    """A schema.org/NGO with its certifications."""
    region = governorate_in(organisation.governorate, language())
    return _block(
        {
            "@context": "https://schema.org",
            "@type": "NGO",
            "@id": organisation_address(organisation),
            "name": organisation.name_in(language()),
            "alternateName": [organisation.name_ar, organisation.name_en],
            "identifier": organisation.registration_number,
            "address": {
                "@type": "PostalAddress",
                "addressCountry": organisation.country,
                **({"addressRegion": region} if region else {}),
            },
            "hasCertification": [_certification(each) for each in certificates],
        }
    )


def organisation_address(organisation: Organisation) -> str:
    return settings.SITE_URL + reverse("register_organisation", args=[organisation.pk])


def _certification(certificate: Certificate) -> Data:
    workflow = compiled(certificate.dossier.edition_id).workflow
    active = public_status(certificate) == "active"
    found: Data = {
        "@type": "Certification",
        "@id": register_address(certificate.number),
        "name": workflow.title.in_language(language()),
        "certificationIdentification": certificate.number,
        "certificationStatus": f"https://schema.org/Certification{'Active' if active else 'Inactive'}",
        "issuedBy": {
            "@type": "Organization",
            "name": settings.ACCREDITING_BODY[language()[:2]],
            "url": settings.SITE_URL,
        },
        "datePublished": certificate.issued_on.isoformat(),
        "validFrom": certificate.issued_on.isoformat(),
        "url": register_address(certificate.number),
    }
    if not certificate.scope.whole:
        found["description"] = certificate.scope.in_language(language())
    if certificate.valid_until:
        found["expires"] = certificate.valid_until.isoformat()
    return found


def _holder(certificate: Certificate) -> Data:
    holder = holder_of(certificate)
    return {
        "@type": "NGO",
        "@id": organisation_address(certificate.dossier.organisation),
        "name": holder.name.in_language(language()),
        "identifier": holder.registration_number,
    }


def _block(data: Data) -> SafeString:
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(NO_MARKUP)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - no markup is left
