"""The pages of a scheme in a browser: what axe finds, and that they fit a phone."""

from __future__ import annotations

import pytest

from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import SHIPPED, World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/schemes/",
    f"/schemes/{SHIPPED}/",
    f"/schemes/{SHIPPED}/agreement/",
    f"/schemes/{SHIPPED}/what-if/?threshold-gold.score=99",
    f"/schemes/{SHIPPED}/what-if/?weight-integrity=-1&threshold-gold.score=x",
    f"/schemes/{SHIPPED}/certificate/",
)


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_when_a_methodologist_looks_around(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    for level in (0.97, 0.7):
        world.dossier("certified", level=level)
    page = open_page(language=language, device=device)
    sign_in(page, world.person("methodologist"), language)
    for address in PAGES:
        page.goto(address)
        for fold in page.locator("main details summary").all():
            fold.click()
        nothing_wrong(page)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_first_screen_of_a_phone_says_whether_reviewers_agree(
    open_page: OpenPage, world: World, language: str
) -> None:
    for level in (0.97, 0.7):
        world.dossier("certified", level=level)
    page = open_page(language=language, device="phone")
    sign_in(page, world.person("methodologist"), language)
    page.goto(f"/schemes/{SHIPPED}/agreement/")
    answers = page.locator("#verdicts li")
    assert answers.count() == 2
    screen = page.viewport_size
    assert screen
    for each in answers.all():
        place = each.bounding_box()
        assert place
        assert place["y"] + place["height"] <= screen["height"]
    assert page.evaluate("document.documentElement.scrollHeight") < 4 * screen["height"]


def test_numbers_are_tried_by_keyboard_when_a_methodologist_types_them(
    open_page: OpenPage, world: World
) -> None:
    world.dossier("certified", level=0.97)
    page = open_page(language="ar", device="phone")
    sign_in(page, world.person("methodologist"))
    page.goto(f"/schemes/{SHIPPED}/what-if/")
    page.locator('[id="threshold-gold.score"]').fill("١٠٠")
    page.keyboard.press("Enter")
    page.wait_for_url("**threshold-gold.score=**")
    assert "بدلا من" in page.locator("#result").inner_text()
    assert page.locator('[id="threshold-gold.score"]').input_value() == "١٠٠"
