"""What programs read: enough for a verifier that is not ours to come to the right answer by itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from django.urls import reverse
from openvc import VerificationPolicy, verify_credential
from openvc.did.base import DidResolverRegistry
from openvc.did.did_web import DidWebResolver
from openvc.errors import OpenvcError
from openvc.resolvers import default_status_list_resolver

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.standings import sign_lists
from accreditation_engine.certificates.keys.keeping import roots, rotate
from accreditation_engine.certificates.keys.models import CREDENTIAL
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.certificates.ending import take
from tests.portal.visitor import visitor
from tests.support.world import World

DOCS = Path(__file__).parents[3] / "docs" / "verify.md"
SITE = "https://accreditation.example"


@pytest.fixture
def certificate(world: World, keys_of_its_own: None, settings: Any) -> Certificate:
    settings.SITE_URL = SITE
    found: Certificate = world.dossier("certified").certificates.get()
    finish(found)
    sign_lists()
    return found


def read(address: str) -> Any:
    """As a stranger's program does, from the site alone."""
    response = visitor().get(urlsplit(address).path)
    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def verify(document: dict[str, Any]) -> Any:
    resolver = DidResolverRegistry([DidWebResolver(read)])
    lists = default_status_list_resolver(
        fetch=lambda address: json.dumps(read(address)).encode(), resolver=resolver
    )
    policy = VerificationPolicy(expected_types=["OpenBadgeCredential"], require_status_issuer_binding=True)
    return verify_credential(document, policy=policy, resolver=resolver, resolve_status_list=lists)


def credential_of(certificate: Certificate) -> dict[str, Any]:
    document: dict[str, Any] = read(reverse("certificate_credential", args=[certificate.number]))
    return document


def test_another_verifier_accepts_the_credential_from_what_the_site_publishes(
    certificate: Certificate,
) -> None:
    document = credential_of(certificate)
    assert verify(document)
    rotate(CREDENTIAL, reason="رآه غير صاحبه")  # what a retired key signed holds
    assert verify(document)


@pytest.mark.parametrize("step", ["suspend", "withdraw"])
def test_another_verifier_refuses_it_once_it_is_suspended_or_withdrawn(
    world: World, certificate: Certificate, step: str
) -> None:
    document = credential_of(certificate)
    take(world, certificate, step)
    sign_lists()
    with pytest.raises(OpenvcError):
        verify(document)


def test_another_verifier_refuses_it_once_it_was_changed(certificate: Certificate) -> None:
    document = credential_of(certificate)
    document["credentialSubject"]["achievement"]["humanCode"] = "C-IC-1999-0001"
    with pytest.raises(OpenvcError):
        verify(document)


def test_the_programs_of_the_docs_come_to_the_same(
    world: World, certificate: Certificate, tmp_path: Path
) -> None:
    with_a_library, with_none, _of_the_trail = programs()
    world.perform(certificate, "suspend")
    sign_lists()
    addresses = {"did": reverse("did"), "credential": credential_of(certificate)}
    addresses |= {each: reverse("status_list", args=[each, 0]) for each in ("revocation", "suspension")}
    for name, address in addresses.items():
        kept = read(address) if isinstance(address, str) else address
        (tmp_path / f"{name}.json").write_text(json.dumps(kept))
    assert ran(with_a_library, tmp_path).returncode == 0
    told = ran(with_none, tmp_path)
    assert "revocation False" in told.stdout
    assert "suspension True" in told.stdout
    credential = tmp_path / "credential.json"
    credential.write_text(credential.read_text().replace(certificate.number, "C-IC-1999-0001"))
    assert ran(with_a_library, tmp_path).returncode != 0
    assert "InvalidSignature" in ran(with_none, tmp_path).stderr


@pytest.mark.usefixtures("keys_of_its_own")
def test_the_program_of_the_docs_checks_the_trail(world: World, tmp_path: Path) -> None:
    event = Event.objects.filter(stream=world.dossier("draft").pk).latest("seq").hash
    make_checkpoint()
    proof = read(f"/api/v1/trail/events/{event}/inclusion")
    for name, address in (("note", "/trail/checkpoint"), ("key", "/trail/key")):
        (tmp_path / f"{name}.txt").write_text(visitor().get(address).content.decode())
    kept = tmp_path / "inclusion.json"
    kept.write_text(json.dumps(proof))
    program = programs()[-1]
    assert ran(program, tmp_path).stdout == f"event {proof['position']} of {proof['size']}\n"
    kept.write_text(json.dumps(proof | {"event": "00" * 32}))
    assert "not under this checkpoint" in ran(program, tmp_path).stderr
    note = tmp_path / "note.txt"
    note.write_text(note.read_text().replace("streams", "dreams"))
    assert "InvalidSignature" in ran(program, tmp_path).stderr


def programs() -> list[str]:
    return re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)


def ran(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], cwd=folder, capture_output=True, text=True
    )


def test_keys_of_papers_are_published_with_their_roots(certificate: Certificate) -> None:
    response = visitor().get(reverse("paper_keys"))
    published = x509.load_pem_x509_certificates(response.content)
    assert published[-1] in roots()


def test_nothing_is_published_where_nothing_was_signed(db: None) -> None:
    assert json.loads(visitor().get(reverse("did")).content)["verificationMethod"] == []
    assert visitor().get(reverse("paper_keys")).content == b""
    for number in (0, 7):
        assert visitor().get(reverse("status_list", args=["revocation", number])).status_code == 404
