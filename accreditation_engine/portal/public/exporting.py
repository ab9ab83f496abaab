"""What was found in the register as a file: names of columns and of fields never change (docs/register.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from accreditation_engine.certificates.finished.content import outcome_title, register_address
from accreditation_engine.certificates.holder import holder_of, holder_today
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.register.search import Search, everything
from accreditation_engine.certificates.status import public_status
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.table_files import csv_of

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
)
Line = dict[str, str | None]


def line_of(certificate: Certificate) -> Line:
    """The fields of FIELDS: days as YYYY-MM-DD, None for a certificate without an end."""
    scheme = compiled(certificate.dossier.edition_id)
    organisation = certificate.dossier.organisation
    holder, today = holder_of(certificate), holder_today(certificate)
    title, outcome = scheme.workflow.title, outcome_title(certificate, scheme)
    values = (
        certificate.number,
        public_status(certificate),
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
    )
    return dict(zip(FIELDS, values, strict=True))


def as_table(search: Search) -> Iterator[bytes]:
    """CSV; a cell that has no value is empty."""
    return csv_of(FIELDS, ([_cells(each) for each in some] for some in everything(search)))


def as_json(search: Search) -> Iterator[bytes]:
    """A JSON array of objects."""
    apart = b"[\n"
    for some in everything(search):
        for each in some:
            yield apart + json.dumps(line_of(each), ensure_ascii=False).encode()
            apart = b",\n"
    yield b"[]\n" if apart == b"[\n" else b"\n]\n"


def _cells(certificate: Certificate) -> Iterable[Any]:
    return ["" if value is None else value for value in line_of(certificate).values()]
