"""The page on which a stranger checks a certificate."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from playwright.sync_api import FilePayload

from accreditation_engine.certificates.checking.brought import LARGEST
from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.certificates.finished.keeping import file_of
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.portal.account.throttle import note_failure
from accreditation_engine.portal.public.check_views import CHECKING
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.browser import OpenPage, nothing_wrong, press
from tests.support.world import World

CHECK = reverse("check_certificate")


@pytest.fixture
def certificate(world: World, keys_of_its_own: None) -> Certificate:
    return world.dossier("certified").certificates.select_related("dossier__organisation").get()


def brought(client: Client, content: bytes, name: str = "certificate.pdf") -> str:
    response = client.post(CHECK, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    return text_of(response)


def test_stranger_learns_that_a_certificate_holds(certificate: Certificate) -> None:
    paper = finish(certificate)
    page = brought(visitor(), file_of(paper))
    assert "This certificate holds Everything that was looked at is right." in page
    assert "it is exactly as it was then" in page
    assert certificate.number in page
    page = brought(visitor(language="ar"), paper.credential.encode(), "credential.json")
    assert "هذه الشهادة صحيحة وسارية" in page
    assert "وهي كما كانت حينها تماما" in page


def test_stranger_learns_what_is_wrong_first(world: World, certificate: Certificate) -> None:
    file = file_of(finish(certificate))
    page = brought(visitor(), file + b"\n")
    assert "Do not rely on this At least one thing is wrong with it: Something was added to this file" in page
    world.perform(certificate, "suspend")
    page = brought(visitor(), file)
    assert "Look closer before you rely on it" in page
    assert "Today the register says: Suspended. For the time being the holder may not refer" in page


def test_number_is_looked_up_when_it_is_typed(certificate: Certificate) -> None:
    response = visitor().get(CHECK, {"number": f" {certificate.number.lower()}"})
    assert "Active in the register, under this number" in text_of(response)
    assert "A number proves nothing by itself" in text_of(response)
    page = text_of(visitor().get(CHECK, {"number": "C-IC-1999-0001<b>"}))
    assert "No certificate with the number C-IC-1999-0001<b> is in this register." in page
    assert "Search the register for it" in page
    page = visitor().get(CHECK, {"number": "جمعية نور"})
    assert "Nothing was checked This is not a certificate number" in text_of(page)
    assert f"{reverse('register')}?q=" in page.content.decode()
    assert queries_for(visitor(), f"{CHECK}?number={certificate.number}") <= 15


def test_page_says_what_to_do_when_no_file_or_one_too_large_is_sent(db: None) -> None:
    response = visitor().post(CHECK, {})
    assert (response.status_code, "Choose the file to check." in text_of(response)) == (400, True)
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n" + bytes(LARGEST))
    response = visitor().post(CHECK, {"file": large})
    assert (response.status_code, "larger than 10 MB" in text_of(response)) == (413, True)


def test_network_waits_when_it_brought_very_many(db: None) -> None:
    client = visitor()
    assert "neither a PDF" in brought(client, b"x")
    request = RequestFactory().get(CHECK)
    for _ in range(CHECKING.most_from_one_address - 1):
        note_failure(request, "", CHECKING)
    response = client.post(CHECK, {"file": SimpleUploadedFile("x.pdf", b"x")})
    assert (response.status_code, "Wait a quarter of an hour" in text_of(response)) == (429, True)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_file_is_chosen_and_judged_in_a_browser(
    certificate: Certificate, open_page: OpenPage, language: str, device: str
) -> None:
    file = file_of(finish(certificate))
    page = open_page(language=language, device=device)
    page.goto(reverse("register"))
    press(page.locator(f"a[href='{CHECK}']"))
    nothing_wrong(page)
    for content, verdict in ((file, "tone-good"), (file + b"\n", "tone-bad")):
        page.set_input_files(
            "#file", FilePayload(name="شهادة.pdf", mimeType="application/pdf", buffer=content)
        )
        press(page.locator("form[method=post] button.button-primary"))
        assert verdict in (page.locator(".standing").get_attribute("class") or "")
        nothing_wrong(page)
