"""What the register says of one organisation: who it is, and all certificates that it holds or held."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.queries import certificates_of
from accreditation_engine.engine.words import scheme_title
from accreditation_engine.organisations.countries import country_name
from accreditation_engine.organisations.governorates import governorate_in
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.portal.table_cells import cell, column

from .entry import language, outcome_badge, public_badge
from .structured import organisation_data


def organisation_page(pk: UUID) -> dict[str, Any] | None:
    """The context of portal/register_organisation.html; None for an organisation that never held a certificate,
    as for none at all. One query."""
    certificates = certificates_of(pk)
    if not certificates:
        return None
    organisation = certificates[0].dossier.organisation
    name = organisation.name_in(language())
    return {
        "head": {"title": name},
        "breadcrumbs": [{"title": _("Public register"), "url": reverse("register")}, {"title": name}],
        "facts": _facts(organisation),
        "table": _table(certificates),
        "structured": organisation_data(organisation, certificates),
    }


def _facts(organisation: Organisation) -> list[dict[str, Any]]:
    spoken = language()[:2]
    other = organisation.name_in("ar" if spoken == "en" else "en")
    facts: list[dict[str, Any]] = [
        {"term": _("Name in Arabic") if spoken == "en" else _("Name in English"), "value": other},
        {"term": _("Registration number"), "value": organisation.registration_number, "kind": "code"},
        {"term": _("Country"), "value": country_name(organisation.country, spoken)},
    ]
    if organisation.governorate:
        where = governorate_in(organisation.governorate, spoken)
        facts.append({"term": _("Governorate"), "value": where})
    return facts


def _table(certificates: list[Certificate]) -> dict[str, Any]:
    titles = (
        _("Scheme"),
        _("Certificate number"),
        _("Standing"),
        _("Outcome"),
        _("Issued on"),
        _("Valid until"),
    )
    return {
        "caption": _("Certificates"),
        "hide_caption": True,
        "columns": [column(title) for title in titles],
        "rows": [{"cells": _cells(each)} for each in certificates],
    }


def _cells(certificate: Certificate) -> list[dict[str, Any]]:
    return [
        cell(
            scheme_title(certificate.dossier.scheme, certificate.dossier.edition_id),
            url=reverse("register_entry", args=[certificate.number]),
        ),
        cell(certificate.number, kind="code"),
        cell(badge=public_badge(certificate)),
        cell(badge=outcome_badge(certificate)),
        cell(certificate.issued_on, kind="day"),
        cell(certificate.valid_until or _("open"), kind="day" if certificate.valid_until else ""),
    ]
