"""A certificate's credential, before a verifier that is not ours: openvc, which knows of this site what is
published, and nothing more."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from openvc import VerificationPolicy, verify_credential
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver

from accreditation_engine.certificates.credential import did
from accreditation_engine.certificates.credential.document import PURPOSES, Body, Certified, credential
from accreditation_engine.certificates.credential.integrity import signed
from accreditation_engine.certificates.credential.multikey import multikey
from accreditation_engine.certificates.credential.status_credential import status_credential
from accreditation_engine.definitions.base import Bilingual

SITE = "https://accreditation.example"
ISSUED = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
ENTRY = f"{SITE}/register/C-IC-2026-0007/"
LISTS = {purpose: f"{SITE}/register/status/{purpose}/1/" for purpose in PURPOSES}
KEY = Ed25519PrivateKey.generate()
ME = did.did_of(SITE)
METHOD = did.method(ME, multikey(KEY.public_key()))
PLACE = 41_007


def made(**changes: Any) -> dict[str, Any]:
    body = Body(ME, Bilingual(ar="هيئة الاعتماد", en="Accreditation Body"), SITE)
    facts: dict[str, Any] = {
        "number": "C-IC-2026-0007",
        "entry": ENTRY,
        "holder": Bilingual(ar="جمعية بنات الغد", en="Girls of Tomorrow"),
        "registration_number": "1452 لسنة 2009",
        "scheme": Bilingual(ar="شهادة الالتزام المؤسسي", en="Institutional Commitment Certificate"),
        "scheme_page": f"{SITE}/about/ar/institutional-commitment/",
        "edition": "2026.1",
        "outcome": Bilingual(ar="الفئة الذهبية", en="Gold"),
        "areas": [(Bilingual(ar="النزاهة", en="Integrity"), Decimal("92.5"))],
        "issued_at": ISSUED,
        "valid_until": ISSUED + timedelta(days=1000),
        "place": PLACE,
        "lists": LISTS,
    }
    return credential(body, Certified(**(facts | changes)))


def sign(document: dict[str, Any]) -> dict[str, Any]:
    return signed(document, KEY, method=METHOD, created=ISSUED)


class Web:
    """What the site publishes; `ended` are places by purpose."""

    def __init__(self, **ended: list[int]) -> None:
        keys = [multikey(KEY.public_key())]
        self.pages = {SITE + did.ADDRESS: did.document(ME, keys)}
        for purpose, address in LISTS.items():
            places = ended.get(purpose, [])
            self.pages[address] = sign(status_credential(address, ME, purpose, places, since=ISSUED))

    def resolver(self) -> DidResolverRegistry:
        return DidResolverRegistry([DidWebResolver(lambda address: self.pages[address])])

    def verify(self, document: dict[str, Any], **policy: Any) -> Any:
        lists = default_status_list_resolver(
            fetch=lambda address: json.dumps(self.pages[address]).encode(), resolver=self.resolver()
        )
        expected: dict[str, Any] = {"now": ISSUED, "require_status_issuer_binding": True} | policy
        return verify_credential(
            document,
            policy=VerificationPolicy(expected_types=["OpenBadgeCredential"], **expected),
            resolver=self.resolver(),
            resolve_status_list=lists,
        )


def test_another_verifier_accepts_ours() -> None:
    result = Web().verify(sign(made()))
    assert result.issuer == ME == "did:web:accreditation.example"


def test_another_verifier_accepts_a_certificate_without_an_end() -> None:
    document = made(valid_until=None)
    assert "validUntil" not in document
    Web().verify(sign(document), now=ISSUED + timedelta(days=9000))


@pytest.mark.parametrize(
    ("web", "now"),
    [
        (Web(revocation=[PLACE]), ISSUED),
        (Web(suspension=[3, PLACE]), ISSUED),
        (Web(), ISSUED + timedelta(days=1001)),
        (Web(), ISSUED - timedelta(days=1)),
    ],
    ids=["withdrawn", "suspended", "expired", "not yet"],
)
def test_another_verifier_refuses_what_does_not_hold(web: Web, now: datetime) -> None:
    with pytest.raises(OpenvcError):
        web.verify(sign(made()), now=now)


def test_another_verifier_accepts_when_a_neighbour_is_withdrawn() -> None:
    Web(revocation=[PLACE - 1, PLACE + 1]).verify(sign(made()))


def test_another_verifier_refuses_what_was_changed() -> None:
    forged = sign(made())
    forged["credentialSubject"]["result"][0]["value"] = "Platinum"
    with pytest.raises(OpenvcError):
        Web().verify(forged)


def test_the_same_facts_make_the_same_bytes() -> None:
    assert json.dumps(sign(made())) == json.dumps(sign(made()))


def test_a_port_is_part_of_the_name() -> None:
    assert did.did_of("http://localhost:8000") == "did:web:localhost%3A8000"


def test_scope_is_told_to_whoever_reads_the_credential_and_its_proof_holds() -> None:
    assert "description" not in made()
    document = made(scope=Bilingual(ar="برامج التعليم", en="Education programmes"))
    assert (
        document["description"]
        == "نطاق الشهادة: برامج التعليم | Scope of certification: Education programmes"
    )
    Web().verify(sign(document))
