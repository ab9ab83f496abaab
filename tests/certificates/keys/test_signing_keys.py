"""manage.py signing_keys."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.management import CommandError, call_command
from django.utils import timezone

from accreditation_engine.certificates.keys.bringing import paper_key_in
from accreditation_engine.certificates.keys.files import key_file
from accreditation_engine.certificates.keys.keeping import current, every
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER
from accreditation_engine.certificates.signing.identity import LIVES, Identity, made_for
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own", "in_english")]
BODY = Bilingual(ar="هيئة", en="A body")
WHY = ("--reason", "انتهى عمله", "--by", "system")


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("signing_keys", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def file_with(folder: Path, identity: Identity) -> Path:
    path = folder / "own.pem"
    path.write_bytes(identity.as_pem())
    return path


def test_keys_are_listed_with_their_lives_and_what_is_wrong_with_them() -> None:
    assert "no key yet" in run()[1]
    paper, credential = current(PAPER), current(CREDENTIAL)
    key_file(paper).chmod(0o644)
    _code, out, _err = run()
    assert credential.public in out
    assert "chmod 600" in out
    (only,) = json.loads(run("--use", "paper", "--format", "json")[1])
    assert (only["key"], only["usable"], only["retired"]) == (paper.public, False, None)


def test_one_key_is_put_in_place_of_another_or_ended() -> None:
    old = current(CREDENTIAL)
    assert run("--use", "credential", "--rotate", *WHY)[0] == 0
    assert current(CREDENTIAL) != old
    assert run("--use", "credential", "--retire", *WHY)[0] == 0
    assert Event.objects.filter(kind="signing_key_retired").count() == 2
    with pytest.raises(CommandError, match="nothing to retire"):
        run("--use", "credential", "--retire", *WHY)


def test_a_body_brings_its_own_key_once(tmp_path: Path) -> None:
    path = file_with(tmp_path, own := made_for(BODY, timezone.now()))
    assert run("--import", str(path), *WHY)[0] == 0
    assert current(PAPER).certificates == own.chain
    with pytest.raises(CommandError, match="known already"):
        run("--import", str(path), *WHY)
    assert len(every(PAPER)) == 1


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--rotate", *WHY), "Say which key"),
        (("--use", "paper", "--rotate"), "Say why"),
        (("--use", "paper", "--rotate", "--reason", "لعلة"), "Say who does it"),
        (("--use", "paper", "--reason", "لعلة"), "are for --rotate"),
        (("--use", "credential", "--import", "x.pem", *WHY), "signs papers"),
        (("--import", "nowhere.pem", *WHY), "cannot be read"),
    ],
)
def test_a_call_that_says_too_little_is_refused(arguments: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run(*arguments)
    assert not Event.objects.filter(kind="signing_key_made").exists()


def without_non_repudiation(own: Identity) -> x509.Certificate:
    """As an authority certifies it that copies what certtool's request asks for."""
    usage = own.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    asked = {
        name: getattr(usage, name) for name in ("digital_signature", "key_encipherment", "key_agreement")
    }
    others = ("content_commitment", "data_encipherment", "key_cert_sign", "crl_sign")
    never = dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder()
        .subject_name(own.certificate.subject)
        .issuer_name(own.root.subject)
        .public_key(own.key.public_key())
        .serial_number(1)
        .not_valid_before(own.certificate.not_valid_before_utc)
        .not_valid_after(own.certificate.not_valid_after_utc)
        .add_extension(x509.KeyUsage(**asked, **never), critical=True)
        .sign(own.key, SHA256())
    )


def test_a_key_that_would_convince_nobody_is_not_taken(tmp_path: Path) -> None:
    now = timezone.now()
    own, other = made_for(BODY, now), made_for(BODY, now)
    for identity, why in (
        (made_for(BODY, now - LIVES - timedelta(days=1)), "holds from"),
        (made_for(BODY, now + timedelta(days=1)), "holds from"),
        (Identity(own.key, (own.certificate, other.root)), "convinces nobody"),
        (Identity(ec.generate_private_key(ec.SECP256R1()), own.chain), "is of another key"),
        (Identity(own.key, ()), "no PEM file"),
        (Identity(own.key, (without_non_repudiation(own), own.root)), "lacks nonRepudiation"),
    ):
        with pytest.raises(KeyUnusable, match=why):
            paper_key_in(file_with(tmp_path, identity))
