"""A token with a key for papers, one for credentials, and some that do not fit."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.utils import timezone

from accreditation_engine.certificates.signing.identity import Identity, made_for
from accreditation_engine.certificates.tokens.sessions import _ended
from accreditation_engine.definitions.base import Bilingual
from tests.certificates.finished.conftest import certificate  # noqa: F401
from tests.support.tokens import Token, token_in


@pytest.fixture(autouse=True)
def _keys(keys_of_its_own: None, in_english: None) -> None:
    """No test signs with another's key."""


@pytest.fixture
def own() -> Identity:
    return made_for(Bilingual(ar="هيئة", en="A body"), timezone.now())


@pytest.fixture
def token(tmp_path: Path, own: Identity, monkeypatch: pytest.MonkeyPatch) -> Iterator[Token]:
    monkeypatch.setenv("SOFTHSM2_CONF", "")
    folder = tmp_path / "token"
    folder.mkdir()
    found = token_in(folder)
    found.takes(own.key, "papers", "01")
    found.takes(ec.generate_private_key(ec.SECP256R1()), "another", "02")
    found.takes(ec.generate_private_key(ec.SECP384R1()), "longer", "03")
    found.takes(rsa.generate_private_key(65537, 2048), "rsa", "04")
    found.takes(ed25519.Ed25519PrivateKey.generate(), "credentials", "05")
    yield found
    _ended(str(found.library))
    gc.collect()  # what python-pkcs11 says of sessions that broke, it says in no other test


@pytest.fixture
def chain(token: Token, own: Identity) -> Path:
    """The certificates in a file."""
    path = token.folder / "chain.pem"
    path.write_bytes(own.as_pem()[own.as_pem().index(b"-----BEGIN CERTIFICATE") :])
    return path
