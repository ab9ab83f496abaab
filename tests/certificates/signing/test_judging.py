"""A paper that was signed, and every way to make another of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
import time_machine
from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

from accreditation_engine.certificates.paper.content import CertificateContent
from accreditation_engine.certificates.signing.apart import apart
from accreditation_engine.certificates.signing.identity import LIVES, Identity, made_for
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.certificates.signing.pades import _Signer, signed
from accreditation_engine.definitions.base import Bilingual

from .conftest import AT


def _sign(*asked: Any) -> BytesIO:
    return apart(lambda: sign_pdf(*asked))


def test_a_paper_holds_when_nobody_touched_it(signed_paper: bytes, identity: Identity) -> None:
    judgement = judged(signed_paper, [identity.root])
    assert (judgement.verdict, judgement.signed_at) == ("holds", AT)


def test_the_same_bytes_are_made_again_when_key_and_moment_are_the_same(
    paper: bytes, signed_paper: bytes, identity: Identity, content: CertificateContent
) -> None:
    with time_machine.travel(AT + timedelta(days=400)):  # whatever the clock says meanwhile
        assert signed(paper, identity, at=AT, by=content.body.en) == signed_paper
    assert signed(paper, identity, at=AT + timedelta(1), by=content.body.en) != signed_paper


def test_a_signature_fits_its_place_when_the_chain_is_long(paper: bytes, identity: Identity) -> None:
    between = [made_for(Bilingual(ar="جهة", en=f"Body {each}"), AT).root for each in range(20)]
    long = Identity(identity.key, (identity.certificate, *between, identity.root))
    assert judged(signed(paper, long, at=AT, by="Body"), [identity.root]).verdict == "holds"


@pytest.mark.parametrize(
    "name", ["هيئة الاعتماد (NGO)", "هيئة 2030", "NGO هيئة", "م" * 63 + " 1", "هيئة\ue000"]
)
def test_a_body_whose_name_goes_both_ways_signs_too(paper: bytes, name: str) -> None:
    """RFC 4518, by which names in certificates are compared, refuses such a name."""
    own = made_for(Bilingual(ar=name, en="Accreditation Body"), AT)
    assert judged(signed(paper, own, at=AT, by=name), [own.root]).verdict == "holds"


def test_a_signature_leaves_little_of_its_place_empty(signed_paper: bytes) -> None:
    with pikepdf.open(BytesIO(signed_paper)) as pdf:
        place = bytes(pdf.Root.AcroForm.Fields[0].V.Contents)
    assert 0 < len(place) - len(place.rstrip(b"\0")) < 1_500


def test_a_signed_paper_is_the_archival_document_that_it_was(signed_paper: bytes, paper: bytes) -> None:
    assert signed_paper.startswith(paper)
    with pikepdf.open(BytesIO(signed_paper)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert str(pdf.Root.AcroForm.Fields[0].V.SubFilter) == "/ETSI.CAdES.detached"


def test_one_changed_byte_is_seen_wherever_it_is(
    signed_paper: bytes, paper: bytes, identity: Identity
) -> None:
    for place in range(0, len(paper), len(paper) // 25):
        forged = bytearray(signed_paper)
        forged[place] ^= 1
        assert judged(bytes(forged), [identity.root]).verdict in ("changed", "unreadable"), place


def test_what_is_appended_is_seen(signed_paper: bytes, identity: Identity) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed_paper))
    writer.root[pdf_name("/More")] = NumberObject(1)
    writer.update_root()
    longer = BytesIO()
    writer.write(longer)
    for forged in (longer.getvalue(), signed_paper + b"\n% more\n"):
        assert judged(forged, [identity.root]).verdict == "appended"


def test_a_paper_is_trusted_by_nobody_when_its_root_is_another(
    signed_paper: bytes, content: CertificateContent
) -> None:
    namesake = made_for(content.body, AT)
    assert judged(signed_paper, [namesake.root]).verdict == "untrusted"
    assert judged(signed_paper, []).verdict == "untrusted"


def test_a_second_signature_is_one_too_many(paper: bytes, identity: Identity) -> None:
    for name in ("First", "Second"):
        metadata = PdfSignatureMetadata(field_name=name, md_algorithm="sha256")
        paper = _sign(IncrementalPdfFileWriter(BytesIO(paper)), metadata, _Signer(identity)).getvalue()
    assert judged(paper, [identity.root]).verdict == "appended"


def test_a_signature_that_lets_fields_be_filled_in_is_no_seal(paper: bytes, identity: Identity) -> None:
    metadata = PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )
    open_to_more = _sign(IncrementalPdfFileWriter(BytesIO(paper)), metadata, _Signer(identity)).getvalue()
    assert judged(open_to_more, [identity.root]).verdict == "not_sealed"


def test_a_key_whose_time_was_over_signs_nothing_that_holds(
    paper: bytes, identity: Identity, content: CertificateContent
) -> None:
    late = signed(paper, identity, at=AT + LIVES + timedelta(days=1), by=content.body.en)
    early = signed(paper, identity, at=AT - timedelta(days=1), by=content.body.en)
    assert judged(late, [identity.root]).verdict == "untrusted"
    assert judged(early, [identity.root]).verdict == "untrusted"


@pytest.mark.parametrize("content_of", [b"", b"%PDF-1.7\n%%EOF", b"<html>", bytes(1000)])
def test_what_is_no_paper_is_unreadable(content_of: bytes, identity: Identity) -> None:
    assert judged(content_of, [identity.root]).verdict == "unreadable"


def test_a_paper_that_nobody_signed_is_unsigned(paper: bytes, identity: Identity) -> None:
    assert judged(paper, [identity.root]).verdict == "unsigned"


def test_a_paper_is_signed_and_judged_inside_an_event_loop(
    paper: bytes, signed_paper: bytes, identity: Identity, content: CertificateContent
) -> None:
    async def within() -> tuple[bytes, str]:
        made = signed(paper, identity, at=AT, by=content.body.en)
        return made, judged(made, [identity.root]).verdict

    assert apart(lambda: asyncio.run(within())) == (signed_paper, "holds")
