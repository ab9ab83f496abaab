"""What a stranger learns of a file they bring: that it holds, or what is wrong with it."""

from __future__ import annotations

import json
import zlib
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from accreditation_engine.certificates.checking.brought import check_file, check_number
from accreditation_engine.certificates.checking.findings import Checked
from accreditation_engine.certificates.checking.inside import AT_ONCE, WAITING, Busy, room
from accreditation_engine.certificates.credential import integrity
from accreditation_engine.certificates.credential.did import method
from accreditation_engine.certificates.finished.finishing import make_anew
from accreditation_engine.certificates.finished.keeping import file_of
from accreditation_engine.certificates.finished.standings import sign_lists
from accreditation_engine.certificates.keys.files import credential_key, paper_key
from accreditation_engine.certificates.keys.keeping import rotate
from accreditation_engine.certificates.keys.models import PAPER
from accreditation_engine.certificates.models import Certificate, Paper, StatusList
from accreditation_engine.certificates.signing.identity import made_for
from accreditation_engine.certificates.signing.pades import signed
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.certificates.ending import take
from tests.support.world import World, later

BOMB = zlib.compress(bytes(200_000_000), 9)


def codes(checked: Checked) -> list[str]:
    return [each.code for each in checked.findings]


def unsigned(file: bytes) -> bytes:
    """The page with what is attached, saved anew: as an editor of PDFs leaves it."""
    with pikepdf.open(BytesIO(file)) as pdf:
        del pdf.Root["/AcroForm"], pdf.Root["/Perms"]
        for page in pdf.pages:
            if "/Annots" in page:
                page.Annots = pikepdf.Array([each for each in page.Annots if each.Subtype != "/Widget"])
        saved = BytesIO()
        pdf.save(saved)
    return saved.getvalue()


def test_a_paper_as_we_signed_it_holds(certificate: Certificate, paper: Paper) -> None:
    events = Event.objects.count()
    checked = check_file(file_of(paper))
    assert codes(checked) == ["signature_holds", "paper_in_register", "attached_agrees", "standing"]
    assert (checked.verdict, checked.certificate) == ("holds", certificate)
    assert Event.objects.count() == events


def test_what_was_done_to_a_paper_is_told_apart(certificate: Certificate, paper: Paper) -> None:
    file, now = file_of(paper), timezone.now()
    place = file.index(b"/Title")
    namesake = made_for(Bilingual(ar="غير", en="Somebody else"), now)
    bare = unsigned(file)
    brought = {
        "changed": file[:place] + b"/Titlf" + file[place + 6 :],
        "appended": file + b"\n% more\n",
        "unsigned": bare,
        "untrusted": signed(bare, namesake, at=now, by="Somebody else"),
        "unreadable": file[: len(file) // 2],
    }
    checked = {code: check_file(forged) for code, forged in brought.items()}
    assert {code: (codes(each)[0], each.verdict) for code, each in checked.items()} == {
        code: (code, "holds_not") for code in brought
    }
    assert checked["unsigned"].certificate == certificate  # with which a forger's page can be compared
    assert checked["unreadable"].certificate is None


def test_a_page_of_other_words_is_caught_though_our_key_signed_it(
    certificate: Certificate, paper: Paper
) -> None:
    forged = signed(unsigned(file_of(paper)), paper_key(paper.paper_key), at=timezone.now(), by="The body")
    assert codes(check_file(forged)) == ["signature_holds", "not_in_register", "speaks_of"]


def test_a_key_signs_nothing_any_more_once_it_was_retired(paper: Paper) -> None:
    identity, bare = paper_key(paper.paper_key), unsigned(file_of(paper))
    rotate(PAPER, reason="stolen")
    with later(days=1):
        forged = signed(bare, identity, at=timezone.now(), by="The body")
        assert codes(check_file(forged))[0] == "key_not_in_use"
    assert check_file(file_of(paper)).verdict == "holds"


def test_a_scan_is_unsigned_however_its_program_wrote_it(db: None) -> None:
    scan = BytesIO()
    Image.new("L", (60, 80)).save(scan, "PDF")  # with a table of contents that the judge takes for broken
    assert codes(check_file(scan.getvalue())) == ["unsigned"]
    assert codes(check_file(scan.getvalue()[:-60])) == ["unreadable"]


def test_a_locked_paper_is_not_as_we_signed_it(paper: Paper) -> None:
    with pikepdf.open(BytesIO(file_of(paper))) as pdf:
        locked = BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user="y"))
    assert codes(check_file(locked.getvalue())) == ["locked"]


def test_a_file_made_to_harm_is_unreadable(db: None) -> None:
    header, table = b"%PDF-1.7\n", b"/Type /XRef /Size 9 /W [1 4 2] /Root 2 0 R /Filter /FlateDecode"
    bomb = b"1 0 obj\n<< %b /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (table, len(BOMB), BOMB)
    unpacking = b"%b%bstartxref\n%d\n%%%%EOF\n" % (header, bomb, len(header))
    for harmful in (unpacking, header + b"[" * 100_000, header + b"%%EOF"):
        assert codes(check_file(harmful)) == ["unreadable"]


def test_files_that_wait_leave_threads_for_the_register(db: None) -> None:
    with ExitStack() as others:
        for _each in range(AT_ONCE + WAITING):
            room.acquire()
            others.callback(room.release)
        with pytest.raises(Busy):
            check_file(b"%PDF-1.7\n")
    assert codes(check_file(b"%PDF-1.7\n")) == ["unreadable"]


@pytest.mark.parametrize(
    ("step", "status", "verdict"),
    [("suspend", "suspended", "careful"), ("withdraw", "withdrawn", "holds_not")],
)
def test_a_paper_tells_how_its_certificate_stands_today(
    world: World, certificate: Certificate, paper: Paper, step: str, status: str, verdict: str
) -> None:
    take(world, certificate, step)
    for checked in (check_file(file_of(paper)), check_file(paper.credential.encode())):
        standing = next(each for each in checked.findings if each.code == "standing")
        assert (standing.facts["status"], checked.verdict) == (status, verdict)


def test_an_older_version_counts_no_more(certificate: Certificate, paper: Paper) -> None:
    make_anew(certificate, by=SYSTEM, role="", reason="a name was wrong")
    checked = check_file(file_of(paper))
    older = next(each for each in checked.findings if each.code == "older_version")
    assert (older.facts, checked.verdict) == ({"version": 1, "newest": 2}, "holds_not")


def test_a_register_that_says_something_else_is_told(certificate: Certificate, paper: Paper) -> None:
    with lifted(connection):
        Certificate.objects.filter(pk=certificate.pk).update(holder_en="Another", holder_number="9")
    checked = check_file(paper.credential.encode())
    differs = next(each for each in checked.findings if each.code == "register_differs")
    assert (differs.facts["what"], checked.verdict) == (("holder", "registration_number"), "holds_not")


def test_a_credential_as_we_signed_it_holds_however_it_is_spaced(
    certificate: Certificate, paper: Paper
) -> None:
    for text in (paper.credential, json.dumps(json.loads(paper.credential))):
        with CaptureQueriesContext(connection) as queries:
            checked = check_file(text.encode())
        assert codes(checked) == ["proof_holds", "credential_in_register", "standing"]
        assert (checked.verdict, checked.certificate) == ("holds", certificate)
        assert len(queries) <= 12


def changed_in(document: dict[str, Any], **values: Any) -> bytes:
    return json.dumps(document | values).encode()


def test_what_was_done_to_a_credential_is_told_apart(certificate: Certificate, paper: Paper) -> None:
    document = json.loads(paper.credential)
    bare = {name: value for name, value in document.items() if name != "proof"}
    key, now = credential_key(paper.credential_key), timezone.now()
    ours = method("did:web:tests", paper.credential_key.public)
    foreign = {**document["proof"], "verificationMethod": "did:web:other#zOther"}
    brought = {
        "bad_signature": changed_in(document, name="Gold"),
        "no_proof": json.dumps(bare).encode(),
        "foreign_proof": changed_in(document, proof=foreign),
        "other_context": changed_in(
            document, **{"@context": [*document["@context"], "https://x.example/v1"]}
        ),
        "another_suite": changed_in(document, proof={**document["proof"], "cryptosuite": "ecdsa-jcs-2019"}),
    }
    for code, forged in brought.items():
        checked = check_file(forged)
        assert (codes(checked), checked.certificate) == ([code], certificate), code
    subject = {**document["credentialSubject"], "id": "https://x.example/"}
    unknown = integrity.signed({**bare, "credentialSubject": subject}, key, method=ours, created=now)
    assert codes(check_file(json.dumps(unknown).encode())) == ["proof_holds", "not_in_register"]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"{}}",
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"a": "' + b"x" * 300_000 + b'"}',
        b'{"a": ' + b"9" * 10_000 + b"}",
        b'{"a": "\xff"}',
    ],
)
def test_what_is_no_json_to_everybody_is_no_credential(db: None, content: bytes) -> None:
    assert codes(check_file(content)) == ["no_credential"]


@pytest.mark.parametrize("content", [b"", b"[]", b"<html>", b"\0" * 100])
def test_what_is_neither_is_said_to_be_neither(db: None, content: bytes) -> None:
    assert codes(check_file(content)) == ["neither"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"PK\x03\x04 certificate.pdf %PDF-1.7", "packed"),
    ],
)
def test_pictures_and_packed_files_are_told_for_what_they_are(db: None, content: bytes, code: str) -> None:
    assert codes(check_file(content)) == [code]


def test_a_json_object_that_is_no_credential_has_no_proof(db: None) -> None:
    for content in (b"{}", b'{"proof": [1]}', b'{"credentialSubject": {"achievement": {"humanCode": 7}}}'):
        assert codes(check_file(content)) == ["no_proof"]


def test_a_list_of_standings_is_no_certificate(certificate: Certificate, paper: Paper) -> None:
    sign_lists()
    listed = StatusList.objects.get(purpose="suspension").document.encode()
    assert codes(check_file(listed)) == ["proof_holds", "status_list"]


def test_a_number_tells_how_its_certificate_stands(certificate: Certificate) -> None:
    checked = check_number(certificate.number.lower())
    assert (codes(checked), checked.certificate) == (["standing", "number_alone"], certificate)
    assert codes(check_number("C-M-1999-0001")) == ["unknown_number"]


def test_a_number_is_found_however_it_was_typed_or_pasted(certificate: Certificate) -> None:
    blocks = certificate.number.split("-")
    typed = [
        " ".join(blocks),
        "".join(blocks),
        "_".join(blocks).lower(),
        f"رقم الشهادة: {certificate.number}",
    ]
    typed += [f"https://body.example/register/{certificate.number}/?language=ar", "–".join(blocks)]
    typed += [f"Certificate No. {certificate.number} of 2026", f"See {'–'.join(blocks)}."]
    for each in typed:
        assert check_number(each).certificate == certificate, each
    assert check_number(f"{certificate.number} or C-M-1999-0001").certificate is None
    for each in (certificate.number[:-1], f"{certificate.number}0", "1", "٢٠٢٦"):
        assert codes(check_number(each)) == ["unknown_number"], each
    assert (codes(check_number("جمعية نور")), check_number("جمعية نور").verdict) == (["no_number"], "careful")
