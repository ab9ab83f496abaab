"""The credential of a certificate: what it says, and where its standing is told."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from accreditation_engine.certificates.credential import integrity
from accreditation_engine.certificates.credential.did import did_of, method
from accreditation_engine.certificates.credential.document import PURPOSES, Body, Certified, credential
from accreditation_engine.certificates.credential.integrity import SignsCredentials
from accreditation_engine.certificates.credential.status_list import ENTRIES
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.engine.days import beginning_of, end_of

from .content import from_kept


def signed_credential(certificate: Certificate, paper: Paper, key: SignsCredentials) -> str:
    """The credential that `paper` carries, signed by `key`, which the paper names. The same paper and key give the
    same text."""
    body = Body(
        did=did_of(settings.SITE_URL), name=Bilingual(**settings.ACCREDITING_BODY), site=settings.SITE_URL
    )
    document = credential(body, _certified(certificate, paper))
    signed = integrity.signed(
        document, key, method=method(body.did, paper.credential_key.public), created=paper.made_at
    )
    return json.dumps(signed, ensure_ascii=False, indent=1)


def list_address(purpose: str, number: int) -> str:
    """Where the status list of that `number`, counted from 0, is published."""
    return settings.SITE_URL + reverse("status_list", args=[purpose, number])


def read(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(text)
    return document


def _certified(certificate: Certificate, paper: Paper) -> Certified:
    content = from_kept(paper.content)
    number, place = divmod(paper.place, ENTRIES)
    scheme_page = reverse("about_scheme", args=["ar", certificate.scheme])
    return Certified(
        number=content.number,
        entry=content.register_url,
        holder=content.holder,
        registration_number=content.registration_number,
        scheme=content.title,
        scheme_page=settings.SITE_URL + scheme_page,
        edition=content.edition,
        outcome=content.outcome,
        scope=content.scope,
        areas=[(area.name, area.percent) for area in content.areas],
        issued_at=beginning_of(content.issued_on),
        valid_until=end_of(content.valid_until) if content.valid_until else None,
        place=place,
        lists={purpose: list_address(purpose, number) for purpose in PURPOSES},
    )
