"""The register in a browser: what axe finds, and that no page of it breaks the policy of the site."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_in_the_register_when_it_is_searched(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    certificate = world.dossier("certified").certificates.get()
    page = open_page(language=language, device=device)
    page.goto(reverse("register"))
    page.locator("#q").fill(certificate.number.lower())
    page.locator("#status").select_option("active")
    page.locator("form[role=search] button").click()
    nothing_wrong(page)
    page.get_by_role("table").get_by_role("link").click()
    nothing_wrong(page)
    page.locator("dl a").click()
    nothing_wrong(page)
    page.goto(f"{reverse('register')}?q=xyzzy")
    nothing_wrong(page)
