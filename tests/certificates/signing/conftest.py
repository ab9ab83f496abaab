"""A paper, and who signs it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from accreditation_engine.certificates.paper.certificate import render_certificate
from accreditation_engine.certificates.paper.content import CertificateContent
from accreditation_engine.certificates.signing.identity import Identity, made_for
from accreditation_engine.certificates.signing.pades import signed
from tests.certificates.paper.conftest import content  # noqa: F401

AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def paper(content: CertificateContent) -> bytes:  # noqa: F811
    return render_certificate(content)


@pytest.fixture
def identity(content: CertificateContent) -> Identity:  # noqa: F811
    return made_for(content.body, AT)


@pytest.fixture
def signed_paper(paper: bytes, identity: Identity, content: CertificateContent) -> bytes:  # noqa: F811
    return signed(paper, identity, at=AT, by=content.body.en)
