"""Drawing a sample in a browser: by keyboard, in both languages; what axe finds, and that it fits a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accreditation_engine.reviews.visits import drawn_samples
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.support.browser import OpenPage, nothing_wrong, press
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "\n".join(["فرع طنطا", "فرع المنيا", "برنامج محو الأمية", "branch-04", "فرع أسوان", "EG-07 / Luxor"])


def sound(page: Page) -> None:
    for fold in page.locator("main details summary").all():
        fold.click()
    nothing_wrong(page)


@pytest.mark.parametrize(
    ("language", "device", "first", "repeated"),
    [("ar", "phone", "التقييم الأول", "النتيجة نفسها"), ("en", "desktop", "First assessment", "the same")],
)
def test_sample_is_drawn_after_its_size_was_seen(
    open_page: OpenPage, world: World, language: str, device: str, first: str, repeated: str
) -> None:
    file = world.dossier("screening")
    page = open_page(language=language, device=device)
    sign_in(page, world.person("coordinator"), language)
    page.goto(page_of(file))
    press(page.locator(f'a[href="{page_of(file, "sample")}"]').first)
    sound(page)
    page.locator("button[value=size]").click()
    expect(page.locator("[role=alert]")).to_be_focused()
    sound(page)
    page.locator("#units").fill(LIST)
    page.get_by_label(first).check()
    page.locator("button[value=size]").press("Enter")
    expect(page.locator("#size")).to_be_visible()
    page.locator("#chosen-0").fill("فرع أسوان")
    page.locator("#reason-0").fill("شكاوى في العام الماضي")
    page.locator("#reason-0").press("Enter")
    assert not drawn_samples(file), "Enter in a field works out the size and draws nothing"
    expect(page.locator("#reason-0")).to_have_value("شكاوى في العام الماضي")
    sound(page)
    page.locator("button[value=draw]").click()
    expect(page.locator("#draw-1")).to_contain_text(repeated)
    expect(page.locator("#draw-1")).to_contain_text("شكاوى في العام الماضي")
    sound(page)
    ((_event, sample),) = drawn_samples(file)
    assert sample.chosen[0].unit == "فرع أسوان"


def test_button_that_is_pressed_twice_draws_once(open_page: OpenPage, world: World) -> None:
    file = world.dossier("screening")
    page = open_page(language="en", device="desktop")
    sign_in(page, world.person("coordinator"), "en")
    page.goto(page_of(file, "sample"))
    page.locator("#units").fill(LIST)
    page.get_by_label("Renewal").check()
    page.locator("button[value=size]").click()
    page.locator("button[value=draw]").dblclick()
    expect(page.locator("#draw-1")).to_be_visible()
    page.reload()
    assert len(drawn_samples(file)) == 1
