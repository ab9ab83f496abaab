"""A file as it stood at a moment, in a browser: without a script from event to event, and what axe finds."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.engine.replay.busy import corrected
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_on_a_file_as_it_stood(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    file = page_of(world.dossier("certified"), "as_of")
    found_on = [
        file,
        f"{file}?seq=1",
        f"{file}?seq=9999",
        f"{file}?at=x",
        page_of(corrected(world).dossier, "as_of"),
    ]
    page = open_page(language=language, device=device)
    sign_in(page, world.person("auditor"), language)
    for address in found_on:
        page.goto(address)
        for fold in page.locator("details:not([open]) > summary").all():
            if fold.is_visible():
                fold.click()
        nothing_wrong(page)


def test_one_goes_back_and_to_a_moment_without_a_script(browser: Any, live_server: Any, world: World) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ar-EG")
    page = context.new_page()
    dossier = world.dossier("screening")
    sign_in(page, world.person("auditor"), "ar")
    page.goto(page_of(dossier, "as_of"))
    page.get_by_role("link", name="أول واقعة").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("بعد الواقعة 1 من")
    page.get_by_role("link", name="الواقعة اللاحقة").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("بعد الواقعة 2 من")
    page.get_by_label("التاريخ والوقت").fill("2099-01-01T10:00:00")
    page.get_by_role("button", name="عرض ذلك الوقت").click()
    expect(page.get_by_role("link", name="أول واقعة")).to_be_visible()
    expect(page.get_by_role("link", name="الواقعة اللاحقة")).to_have_count(0)
    context.close()
