"""What benchmarks.certificates measures: the parts of a finished certificate, one after the other, on one core."""

from __future__ import annotations

import gc
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from statistics import fmean, median
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accreditation_engine.certificates.credential import integrity
from accreditation_engine.certificates.credential.did import did_of, method
from accreditation_engine.certificates.credential.document import PURPOSES, Body, Certified, credential
from accreditation_engine.certificates.credential.multikey import multikey
from accreditation_engine.certificates.paper.certificate import render_certificate
from accreditation_engine.certificates.paper.content import AreaResult, CertificateContent
from accreditation_engine.certificates.paper.typesetting import Attachment
from accreditation_engine.certificates.signing.identity import made_for
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.certificates.signing.pades import signed
from accreditation_engine.definitions.base import Bilingual

PARTS = ("credential", "type", "signature", "judgement")
SITE = "https://accreditation.example.org"
AT = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
BODY = Bilingual(ar="هيئة الاعتماد الأهلي", en="Civil Accreditation Body")
AREAS = (
    ("النزاهة", "Integrity", "92"),
    ("الشفافية", "Transparency", "88.5"),
    ("المساءلة", "Accountability", "95"),
    (
        "الالتزام بالاتفاقيات المحلية والاستراتيجيات الوطنية",
        "Commitment to local agreements and national strategies",
        "81.25",
    ),
    ("المشاركة", "Participation", "87"),
)
PROVINCES = (("القاهرة", "Cairo"), ("أسوان", "Aswan"), ("المنيا", "Minya"), ("كفر الشيخ", "Kafr El Sheikh"))

Times = dict[str, list[float]]


def on_one_core() -> bool:
    """Keep this process on one core, where the system can: typesetting would else take several."""
    if not hasattr(os, "sched_setaffinity"):
        return False
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    return True


def measure(papers: int, rounds: int) -> dict[str, Any]:
    """Milliseconds of this process on a core, by part. One round to warm up does not count; ours and WeasyPrint
    take each round by turns, on the same certificates."""
    finish, rival = _finishing(), _weasyprint()
    spent: list[dict[str, float]] = []
    for turn in range(rounds + 1):
        gc.collect()
        contents = [_content(turn * papers + number) for number in range(papers)]
        taken: Times = {}
        for content in contents:
            finish(content, taken)
        for content in contents:
            _timed(taken, "type alone", lambda content=content: render_certificate(content))
        if rival is not None:
            for content in contents:
                _timed(taken, "WeasyPrint", lambda content=content: rival(content))
        if turn:
            spent.append({name: fmean(each) for name, each in taken.items()})
    return {
        "parts": {name: _summary([each[name] for each in spent]) for name in spent[0]},
        "type_against_weasyprint": _ratio(spent),
    }


def _summary(rounds: list[float]) -> dict[str, float]:
    return {
        "cpu_ms": round(median(rounds), 2),
        "slowest_ms": round(max(rounds), 2),
        "fastest_ms": round(min(rounds), 2),
    }


def _ratio(spent: list[dict[str, float]]) -> float | None:
    if "WeasyPrint" not in spent[0]:
        return None
    return round(median(each["WeasyPrint"] / each["type alone"] for each in spent), 2)


def _timed(taken: Times, name: str, work: Callable[[], Any]) -> Any:
    began = time.process_time()
    made = work()
    taken.setdefault(name, []).append(1000 * (time.process_time() - began))
    return made


def _finishing() -> Callable[[CertificateContent, Times], None]:
    """Finishing one certificate as the site does, with keys made for this measurement."""
    key, identity, did = Ed25519PrivateKey.generate(), made_for(BODY, AT), did_of(SITE)
    verification = method(did, multikey(key.public_key()))

    def proved(content: CertificateContent) -> bytes:
        document = credential(Body(did, BODY, SITE), _certified(content))
        secured = integrity.signed(document, key, method=verification, created=AT)
        return json.dumps(secured, ensure_ascii=False).encode()

    def set_with(content: CertificateContent, proof: bytes) -> bytes:
        carried = Attachment("credential.json", proof, "application/json", "Credential")
        return render_certificate(content, attachments=[carried])

    def finish(content: CertificateContent, taken: Times) -> None:
        proof = _timed(taken, "credential", lambda: proved(content))
        page = _timed(taken, "type", lambda: set_with(content, proof))
        paper = _timed(taken, "signature", lambda: signed(page, identity, at=AT, by=BODY.en))
        judgement = _timed(taken, "judgement", lambda: judged(paper, [identity.root]))
        assert judgement.verdict == "holds", judgement
        taken.setdefault("whole", []).append(sum(taken[each][-1] for each in PARTS))

    return finish


def _weasyprint() -> Callable[[CertificateContent], bytes] | None:
    if find_spec("weasyprint") is None:
        return None
    from benchmarks.rivals.weasyprint_page import setter

    return setter()


def _content(number: int) -> CertificateContent:
    """A certificate of a holder that no other round has."""
    arabic, english = PROVINCES[number % len(PROVINCES)]
    code = f"ICC-2026-{number:06}"
    return CertificateContent(
        body=BODY,
        title=Bilingual(ar="شهادة الالتزام المؤسسي", en="Institutional Commitment Certificate"),
        number=code,
        holder=Bilingual(
            ar=f"جمعية بنات الغد للتنمية في {arabic} {number}",
            en=f"Girls of Tomorrow Association of {english} {number}",
        ),
        registration_number="4512/2009",
        outcome=Bilingual(ar="الفئة الذهبية", en="Gold"),
        edition="2026.1",
        issued_on=date(2026, 3, 5),
        valid_until=date(2029, 3, 4),
        register_url=f"{SITE}/register/{code}/",
        areas=tuple(AreaResult(Bilingual(ar=ar, en=en), Decimal(percent)) for ar, en, percent in AREAS),
        palette="gold",
    )


def _certified(content: CertificateContent) -> Certified:
    return Certified(
        number=content.number,
        entry=content.register_url,
        holder=content.holder,
        registration_number=content.registration_number,
        scheme=content.title,
        scheme_page=f"{SITE}/schemes/icc/",
        edition=content.edition,
        outcome=content.outcome,
        areas=[(area.name, area.percent) for area in content.areas],
        issued_at=AT,
        valid_until=datetime(2029, 3, 5, tzinfo=UTC),
        place=int(content.number[-6:]),
        lists={purpose: f"{SITE}/status/{purpose}/0/" for purpose in PURPOSES},
    )
