"""Keys in tokens, with SoftHSM in the place of a token."""

from __future__ import annotations

import json
import os
import traceback
from datetime import timedelta
from io import StringIO
from pathlib import Path
from time import monotonic

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings as site
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from accreditation_engine.certificates.finished.finishing import finish, finish_what_waits
from accreditation_engine.certificates.finished.keeping import file_of, path_of
from accreditation_engine.certificates.keys.bringing import credential_key_in, paper_key_in
from accreditation_engine.certificates.keys.files import key_file, paper_key
from accreditation_engine.certificates.keys.keeping import bring, current, roots, rotate
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.signing.identity import LIVES, Identity, made_for
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.certificates.tokens import patience, sessions
from accreditation_engine.certificates.tokens.pin import Pin, Tries
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.models import Event
from tests.support.tokens import PIN, Token

pytestmark = [
    pytest.mark.django_db,
    # python-pkcs11, of a search in a session that broke, whenever Python clears it away
    pytest.mark.filterwarnings("ignore:.*(_cython|pkcs11):pytest.PytestUnraisableExceptionWarning"),
]
REASON = "مفتاح الهيئة في جهاز"
BODY = Bilingual(ar="هيئة", en="A body")


def refused(path: Path) -> str:
    with pytest.raises(KeyUnusable) as caught:
        paper_key_in(path)
    with override("ar"):
        arabic = str(caught.value)
    assert arabic != str(caught.value)
    assert PIN not in "".join(traceback.format_exception(caught.value))
    return str(caught.value)


def pem_of(identity: Identity, path: Path) -> str:
    path.write_bytes(identity.as_pem()[identity.as_pem().index(b"-----BEGIN CERTIFICATE") :])
    return str(path)


def test_both_keys_in_a_token_sign_a_paper_that_convinces_a_stranger(
    token: Token, chain: Path, certificate: Certificate
) -> None:
    bring(paper_key_in(token.place(certificates=str(chain))), reason=REASON)
    bring(credential_key_in(token.place("credentials")), reason=REASON)
    paper = finish(certificate)
    assert judged(file_of(paper), roots()).verdict == "holds"
    assert [each.detail for each in verify_all(contents=True)] == []
    assert {each.data["use"] for each in Event.objects.filter(kind="signing_key_made")} == {PAPER, CREDENTIAL}
    for key in (paper.paper_key, paper.credential_key):
        assert key_file(key).suffix == ".toml"
        assert key_file(key).stat().st_mode & 0o777 == 0o600
        assert PIN not in key_file(key).read_text()


def test_the_same_file_is_made_again_when_the_token_is_gone(
    token: Token, chain: Path, certificate: Certificate
) -> None:
    bring(paper_key_in(token.place(certificates=str(chain))), reason=REASON)
    paper = finish(certificate)
    before = file_of(paper)
    default_storage.delete(path_of(paper.pdf))
    token.goes()
    assert file_of(Paper.objects.get()) == before


def test_certificates_are_taken_from_the_token_and_the_one_that_holds_is_found(
    token: Token, own: Identity
) -> None:
    with time_machine.travel(timezone.now() - 2 * LIVES, tick=False):
        long_since = made_for(BODY, timezone.now())
    other = made_for(BODY, timezone.now())
    token.takes_certificates([other.root, own.root, other.certificate, own.certificate, long_since.root])
    assert paper_key_in(token.place()).chain == own.chain


def test_a_token_without_certificates_or_with_another_keys_is_told(token: Token, tmp_path: Path) -> None:
    assert "holds no certificate" in refused(token.place())
    other = made_for(BODY, timezone.now())
    token.takes_certificates(other.chain)
    assert "is another than the one" in refused(token.place())
    given = pem_of(other, tmp_path / "other.pem")
    assert "is another than the one" in refused(token.place(certificates=given))
    assert "holds no certificates (PEM)" in refused(token.place(certificates=str(token.pin_file)))


def test_a_key_that_cannot_sign_papers_is_told(token: Token, chain: Path, own: Identity) -> None:
    for label, why in (
        ("another", "is another than the one"),
        ("longer", "is another than the one"),
        ("rsa", "no private key"),
        ("nowhere", "no private key"),
    ):
        assert why in refused(token.place(label, certificates=str(chain)))
    assert "several private keys" in refused(token.place(key="", certificates=str(chain)))
    assert paper_key_in(token.place(key="", id="01", certificates=str(chain))).chain == own.chain
    with pytest.raises(KeyUnusable, match="no private key"):
        credential_key_in(token.place("papers"))


def test_a_certificate_of_another_curve_or_time_is_told(token: Token, tmp_path: Path) -> None:
    early = made_for(BODY, timezone.now() - LIVES - timedelta(days=1))
    key = ec.generate_private_key(ec.SECP256R1())
    token.takes(early.key, "early", "06")
    assert "holds from" in refused(token.place("early", certificates=pem_of(early, tmp_path / "early.pem")))
    longer = _of_the_curve_p384(key, tmp_path / "longer.pem")
    assert "not of the curve P-256" in refused(token.place("longer", certificates=longer))


def _of_the_curve_p384(authority: ec.EllipticCurvePrivateKey, path: Path) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A body")])
    public, now = ec.generate_private_key(ec.SECP384R1()).public_key(), timezone.now()
    own = x509.CertificateBuilder(name, name, public, 1, now, now + LIVES).sign(authority, SHA256())
    path.write_bytes(own.public_bytes(Encoding.PEM))
    return str(path)


def test_a_wrong_pin_is_tried_once_and_another_at_once(
    token: Token, chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = token.place(certificates=str(chain))
    token.says("1111")
    tried: list[Pin] = []
    refusals = Tries.refused
    monkeypatch.setattr(Tries, "refused", lambda self, pin: tried.append(pin) or refusals(self, pin))
    for _time in range(4):
        assert "refused its PIN, which is not tried again" in refused(place)
    assert len(tried) == 1
    token.says("2222")
    assert "refused its PIN" in refused(place)
    assert len(tried) == 2
    token.says(PIN)
    assert paper_key_in(place)


def test_a_pin_that_is_right_by_now_is_tried_when_the_file_that_is_named_is_deleted(
    token: Token, chain: Path
) -> None:
    place = token.place(certificates=str(chain))
    token.says("1111")
    words = refused(place)
    (kept,) = Path(site.KEYS_DIR).glob("token-*.pin")
    assert kept.name in words
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"1111" not in kept.read_bytes()
    kept.unlink()
    assert "refused its PIN" in refused(place)


def test_where_the_pin_is_missing_or_open_it_is_told(
    token: Token, chain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = token.place(certificates=str(chain))
    token.pin_file.chmod(0o644)
    assert "open to everybody" in refused(place)
    token.says("")
    assert "holds no PIN" in refused(place)
    token.pin_file.unlink()
    assert "cannot be read" in refused(place)
    place = token.place(certificates=str(chain), pin_file="", pin_variable="PIN_OF_PAPERS")
    assert "the environment has no PIN_OF_PAPERS" in refused(place)
    monkeypatch.setenv("PIN_OF_PAPERS", PIN)
    assert paper_key_in(place)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"library": "/nowhere/lib.so"}, "is not there, or is none of PKCS#11"),
        ({"library": __file__}, "is not there, or is none of PKCS#11"),
        ({"token": "no such token"}, "is not there, as the library"),
        ({"token": ""}, "does not say token"),
        ({"pin": "1234"}, "the PIN has no place there"),
        ({"pin_variable": "PIN"}, "by one of pin_file"),
        ({"slot": "0"}, "it knows no slot"),
        ({"id": "xyz"}, "hexadecimal"),
        ({"id": '"'}, "is no TOML"),
    ],
)
def test_a_file_that_says_too_little_or_wrong_is_told(
    token: Token, chain: Path, said: dict[str, str], why: str
) -> None:
    assert why in refused(token.place(certificates=str(chain), **said))


def test_no_paper_leaves_while_the_token_is_gone_and_it_goes_on_when_it_is_back(
    token: Token, chain: Path, certificate: Certificate
) -> None:
    bring(paper_key_in(token.place(certificates=str(chain))), reason=REASON)
    token.goes()
    sessions._ended(str(token.library))  # what is open in the folder of SoftHSM stays open
    with pytest.raises(KeyUnusable, match="is not there"):
        finish(certificate)
    assert not Paper.objects.exists()
    token.comes_back()
    finish_what_waits()
    assert Paper.objects.count() == 1


def test_a_token_that_does_not_answer_is_given_up_and_nothing_is_half_made(
    token: Token, chain: Path, certificate: Certificate, settings: Settings
) -> None:
    settings.TOKEN_SECONDS = 1
    key = bring(paper_key_in(token.place(certificates=str(chain))), reason=REASON)
    current(CREDENTIAL)
    before = Event.objects.count()
    with token.hangs():
        with pytest.raises(KeyUnusable, match=r"does not answer in time \(TOKEN_SECONDS: 1\)"):
            finish(certificate)
        settings.TOKEN_SECONDS = 60
        began = monotonic()
        with pytest.raises(KeyUnusable, match="does not answer"):
            paper_key(key).sign(b"at once")
        assert monotonic() - began < 10
        assert (Paper.objects.count(), Event.objects.count()) == (0, before)
    late = patience._libraries[str(token.library)].late
    assert late is not None
    late.join(30)
    finish_what_waits()
    assert judged(file_of(Paper.objects.get()), roots()).verdict == "holds"


def test_a_session_that_broke_is_opened_anew(token: Token, chain: Path, certificate: Certificate) -> None:
    key = bring(paper_key_in(token.place(certificates=str(chain))), reason=REASON)
    paper_key(key).sign(b"once")
    for each in sessions._sessions.values():
        each.close()
    assert judged(file_of(finish(certificate)), roots()).verdict == "holds"


def test_each_process_signs_in_a_session_of_its_own(token: Token, chain: Path) -> None:
    found = paper_key_in(token.place(certificates=str(chain)))
    read, write = os.pipe()
    pid = os.fork()
    if not pid:  # nothing of pytest runs here
        try:
            os.write(write, found.sign(b"in a child"))
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    found.chain[0].public_key().verify(os.read(read, 200), b"in a child", ec.ECDSA(SHA256()))
    found.chain[0].public_key().verify(found.sign(b"in its parent"), b"in its parent", ec.ECDSA(SHA256()))
    os.close(read)
    os.close(write)


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("signing_keys", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_takes_a_key_in_a_token_lists_it_and_puts_another_in_its_place(
    token: Token, chain: Path
) -> None:
    who = ("--reason", REASON, "--by", "system")
    out, _err = run("--import", str(token.place(certificates=str(chain))), *who)
    assert ".toml" in out
    assert "in the token" in out
    run("--use", "credential", "--import", str(token.place("credentials")), *who)
    token.goes()
    sessions._ended(str(token.library))
    listed = json.loads(run("--format", "json")[0])
    assert [each["usable"] for each in listed] == [False, False]
    assert "is not there" in run()[0]
    with pytest.raises(CommandError, match="is not there"):
        run("--import", str(token.place(certificates=str(chain))), *who)
    assert key_file(rotate(PAPER, reason=REASON)).suffix == ".pem"
    assert current(CREDENTIAL).public == listed[0]["key"]


def test_a_pin_is_shown_by_nothing_that_prints_it() -> None:
    assert PIN not in f"{Pin(PIN)} {Pin(PIN)!r}"
