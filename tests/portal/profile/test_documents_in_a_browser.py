"""Documents of the profile, the people of an organisation and a trail to be printed: what axe finds there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.documents.filing import file_document
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Standing
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.papers import pdf
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_and_a_document_is_seen(
    open_page: OpenPage, world: World, settings: Any, tmp_path: Any, language: str, device: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier("screening")
    organisation = dossier.organisation
    join(organisation=organisation, user=world.stranger, by=SYSTEM, standing=Standing.READER)
    upload = SimpleUploadedFile("رخصة.pdf", pdf("one"), "application/pdf")
    filed = file_document(organisation=organisation, document="licence", upload=upload, by=world.applicant)
    page = open_page(language=language, device=device)
    sign_in(page, world.applicant, language)
    page.goto(reverse("organisation_profile", args=[organisation.pk]))
    nothing_wrong(page)
    page.goto(reverse("document_preview", args=[organisation.pk, filed.pk]))
    picture = page.locator("figure img")
    expect(picture).to_be_visible()
    assert picture.evaluate("each => each.decode().then(() => each.naturalWidth)") > 100
    nothing_wrong(page)
    page.goto(reverse("colleagues", args=[organisation.pk]))
    nothing_wrong(page)
    reader = open_page(language=language, device=device)
    sign_in(reader, world.stranger, language)
    reader.goto(reverse("dossier", args=[dossier.pk]))
    expect(reader.locator("#turn")).to_be_visible()
    nothing_wrong(reader)
    auditor = open_page(language=language, device=device)
    sign_in(auditor, world.person("auditor"), language)
    auditor.goto(reverse("trail", args=[dossier.pk]) + "?print=1")
    nothing_wrong(auditor)
