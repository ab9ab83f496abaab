"""What everybody may read of a certificate, in one list: exports, the API and messages to other sites say the same
under the same names, which never change (docs/register.md)."""

from __future__ import annotations

from accreditation_engine.certificates.finished.content import outcome_title, register_address
from accreditation_engine.certificates.holder import holder_of, holder_today
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.status import public_status
from accreditation_engine.definitions.public_status import PublicStatus
from accreditation_engine.engine.compiled import compiled

FIELDS = (
    "number",
    "status",
    "holder_ar",
    "holder_en",
    "registration_number",
    "name_today_ar",
    "name_today_en",
    "registration_number_today",
    "country",
    "governorate",
    "scheme",
    "scheme_title_ar",
    "scheme_title_en",
    "edition",
    "outcome",
    "outcome_title_ar",
    "outcome_title_en",
    "issued_on",
    "valid_until",
    "url",
    "scope_ar",
    "scope_en",
)
PublicFields = dict[str, str | None]


def public_fields(certificate: Certificate, status: PublicStatus | None = None) -> PublicFields:
    """The fields of FIELDS: days as YYYY-MM-DD, None for a certificate without an end; scopes are "" where the
    whole organisation is certified. `status` is today's where none is given."""
    scheme = compiled(certificate.dossier.edition_id)
    organisation = certificate.dossier.organisation
    holder, today = holder_of(certificate), holder_today(certificate)
    title, outcome = scheme.workflow.title, outcome_title(certificate, scheme)
    values = (
        certificate.number,
        status or public_status(certificate),
        holder.name.ar,
        holder.name.en,
        holder.registration_number,
        today.name.ar,
        today.name.en,
        today.registration_number,
        organisation.country,
        organisation.governorate,
        certificate.dossier.scheme,
        title.ar,
        title.en,
        scheme.workflow.edition,
        certificate.outcome,
        outcome.ar,
        outcome.en,
        certificate.issued_on.isoformat(),
        certificate.valid_until.isoformat() if certificate.valid_until else None,
        register_address(certificate.number),
        certificate.scope_ar,
        certificate.scope_en,
    )
    return dict(zip(FIELDS, values, strict=True))
