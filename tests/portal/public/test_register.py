"""The register: what a stranger learns of a certificate, without signing in."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.keeping import path_of
from accreditation_engine.certificates.finished.models import Paper
from accreditation_engine.certificates.keys.files import key_file
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.registering import change_organisation
from accreditation_engine.reviews.models import Rating
from accreditation_engine.trail.protection import lifted
from tests.certificates.ending import take
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.issued import copies
from tests.support.world import World, later

REGISTER = reverse("register")


def entry(certificate: Certificate) -> str:
    return reverse("register_entry", args=[certificate.number])


def badge_in(page: Any) -> str:
    found = re.search(r'<img src="([^"]*badge[^"]*)"', page.content.decode())
    assert found
    return unescape(found[1])


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.dossier("certified").certificates.get()


def test_stranger_reads_that_it_is_active_when_it_is(certificate: Certificate) -> None:
    content = text_of(visitor().get(entry(certificate)))
    for words in (
        f"Certificate {certificate.number} Active The holder may refer to this certificate today.",
        "A trial association",
        "Institutional Commitment Certificate",
        "Edition 2026.1",
        "Gold",
        "Issued on",
        "1 Integrity",
    ):
        assert words in content


def test_stranger_reads_the_names_of_the_day_of_issue_when_the_holder_is_renamed(
    certificate: Certificate,
) -> None:
    holder = certificate.dossier.organisation
    number = holder.registration_number
    change_organisation(organisation=holder, name_en="The new name", registration_number="N-2", by=SYSTEM)
    content = text_of(visitor().get(entry(certificate)))
    assert "A trial association Now: The new name, registration number N-2" in content
    assert f"Registration number {number}" in content
    for words in ("trial", "new name"):
        assert certificate.number in text_of(visitor().get(REGISTER, {"q": words}))


def test_stranger_reads_nothing_of_other_names_when_there_are_none(certificate: Certificate) -> None:
    assert "Now:" not in text_of(visitor().get(entry(certificate)))


def test_stranger_reads_arabic_when_that_is_their_language(certificate: Certificate) -> None:
    content = text_of(visitor(language="ar").get(entry(certificate)))
    assert "سارية" in content
    assert "جمعية تجريبية" in content


@pytest.mark.parametrize(
    ("step", "standing"), [("suspend", "Suspended"), ("withdraw", "Withdrawn"), ("cancel", "Cancelled")]
)
def test_stranger_reads_that_it_does_not_hold_when_something_happened(
    world: World, certificate: Certificate, step: str, standing: str
) -> None:
    before = badge_in(visitor().get(entry(certificate)))
    take(world, certificate, step)
    page = visitor().get(entry(certificate))
    content = text_of(page)
    assert standing in content
    assert f"{standing} since" in content
    assert badge_in(page) != before  # which browsers have kept
    assert standing in visitor().get(badge_in(page)).content.decode()
    assert "Active" not in content


def test_certificate_counts_as_expired_when_its_time_is_over_and_no_sweep_has_run(
    certificate: Certificate,
) -> None:
    with later(days=3 * 366 + 1):
        content = text_of(visitor().get(entry(certificate)))
        listed = {word: text_of(visitor().get(REGISTER, {"status": word})) for word in ("active", "expired")}
    assert "Expired The time of this certificate is over." in content
    assert "Its term was until" in content
    assert certificate.number in listed["expired"]
    assert certificate.number not in listed["active"]


def test_stranger_is_told_what_to_do_when_no_such_number_exists(db: None) -> None:
    response = visitor().get(reverse("register_entry", args=["C-IC-1999-0001<b>"]))
    assert response.status_code == 404
    content = text_of(response)
    assert "No certificate with the number C-IC-1999-0001<b> is in this register." in content
    assert "Look in the register" in content
    assert visitor().get(reverse("certificate_pdf", args=["C-IC-1999-0001"])).status_code == 404


def test_stranger_is_told_why_there_is_no_paper(certificate: Certificate) -> None:
    for name in ("certificate_pdf", "certificate_credential"):
        being_made = visitor().get(reverse(name, args=[certificate.number]))
        assert (being_made.status_code, being_made["Retry-After"]) == (503, "30")
    paper = reverse("certificate_pdf", args=[certificate.number])
    assert "is being made" in text_of(visitor().get(paper))
    Rating.objects.filter(assignment__dossier=certificate.dossier).update(value="1")
    changed = visitor().get(paper)
    assert changed.status_code == 409
    assert "Changed since the decision" in text_of(changed)
    assert visitor().get(reverse("certificate_credential", args=[certificate.number])).status_code == 409


@pytest.mark.usefixtures("keys_of_its_own")
def test_a_paper_that_is_lost_with_its_key_is_not_given_out(certificate: Certificate) -> None:
    paper = finish(certificate)
    with lifted(connection):
        Paper.objects.update(signature="")  # as on papers of before it was kept, which their keys sign again
    default_storage.delete(path_of(paper.pdf))
    key_file(paper.paper_key).unlink()
    response = visitor().get(reverse("certificate_pdf", args=[certificate.number]))
    assert response.status_code == 503
    assert "The paper cannot be given out" in text_of(response)


@pytest.mark.usefixtures("keys_of_its_own")
def test_paper_is_shown_in_the_browser_when_it_is_asked_for(certificate: Certificate) -> None:
    finish(certificate)
    response = visitor().get(reverse("certificate_pdf", args=[certificate.number]))
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{certificate.number}.pdf"'


def test_chart_obeys_the_policy_of_the_site_when_it_is_drawn(certificate: Certificate) -> None:
    content = visitor().get(entry(certificate)).content.decode()
    assert "<svg viewBox" in content
    assert " style=" not in content


def test_register_is_searched_by_name_and_by_number_when_words_are_given(certificate: Certificate) -> None:
    for words in ("trial", "تجريبية", certificate.number[-4:], f"trial {certificate.number}"):
        assert certificate.number in text_of(visitor().get(REGISTER, {"q": words}))
    content = text_of(visitor().get(REGISTER, {"q": "nobody"}))
    assert "No certificate was found" in content
    assert certificate.number not in content


@pytest.mark.parametrize("words", ["جمعيه", "جَمعية", "{arabic}", "c-ic-{hyphens} جمعيه"])
def test_certificate_is_found_when_it_is_written_in_another_hand(
    certificate: Certificate, words: str
) -> None:
    number = certificate.number
    arabic = "\u200f" + number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    hyphens = number.removeprefix("C-IC-").replace("-", "\u2011")
    typed = words.format(arabic=arabic, hyphens=hyphens)
    assert number in text_of(visitor().get(REGISTER, {"q": typed}))
    assert number in text_of(visitor().get(reverse("register_entry", args=[arabic])))


def test_register_says_so_when_it_is_empty(db: None) -> None:
    assert "No certificate has been issued yet." in text_of(visitor().get(REGISTER))


def test_register_survives_when_strange_things_are_looked_for(db: None) -> None:
    for words in ("\0", "%", "x" * 5000, "' or 1=1"):
        assert visitor().get(REGISTER, {"q": words, "after": "-1"}).status_code == 200
    for name in ("after", "status", "country", "scheme", "language"):
        for odd in ("9" * 40, "\0", "٣", "x"):
            assert visitor().get(REGISTER, {name: odd}).status_code == 200


def test_register_costs_the_same_when_it_is_long(world: World, certificate: Certificate) -> None:
    few = queries_for(visitor(), REGISTER)
    copies(world, certificate, 20)
    assert text_of(visitor().get(REGISTER)).count("C-COPY-") == 20
    assert queries_for(visitor(), REGISTER) == few <= 5
    found = visitor().get(REGISTER, {"status": "active"})
    first = text_of(found)
    assert "21 certificates" in first
    assert "Further certificates" not in first
