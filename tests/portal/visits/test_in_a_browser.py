"""A visit on a phone: what is seen goes into the file where one stands; what axe finds, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from accreditation_engine.dossiers.models import Evidence
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.site_visits.planned import AGENDA, drawn_unit, in_review, planned
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.papers import picture
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "device", "kept"), [("ar", "phone", "تم الحفظ"), ("en", "desktop", "Kept. Go on")]
)
def test_what_is_seen_is_kept_from_a_branch(
    open_page: OpenPage, world: World, tmp_path: Path, language: str, device: str, kept: str
) -> None:
    file = in_review(world)
    visit = planned(world, file, unit=drawn_unit(world, file), agenda=AGENDA, days=0)
    pictures = [tmp_path / f"{name}.jpg" for name in ("خزانة", "سجل")]
    for number, each in enumerate(pictures):
        each.write_bytes(picture(shade=number * 100))
    page = open_page(language=language, device=device)
    sign_in(page, world.person("reviewer"), language)
    page.goto(page_of(file, "visits"))
    nothing_wrong(page)
    page.locator("main .card a").first.click()
    page.locator("#criterion").select_option("mini:a-2")
    page.locator("#note").fill("الأختام في خزانة")
    page.locator("#camera").set_input_files(pictures)
    page.locator("button[value=see]").click()
    expect(page.locator("#criterion")).to_have_value("mini:a-2")
    expect(page.get_by_text(kept)).to_be_visible()
    expect(page.locator("#notes")).to_contain_text("الأختام في خزانة")
    assert Evidence.objects.filter(dossier=file, visit=visit.seq).count() == 2
    for fold in page.locator("main details summary").all():
        fold.click()
    nothing_wrong(page)
    page.goto(page_of(file, "new_visit"))
    nothing_wrong(page)


def test_a_note_is_not_lost_when_the_line_breaks(open_page: OpenPage, world: World) -> None:
    file = in_review(world)
    visit = planned(world, file, days=0)
    page = open_page(language="en", device="phone")
    sign_in(page, world.person("reviewer"), "en")
    page.goto(page_of(file, "visit", visit.seq))
    page.locator("#criterion").select_option("mini:a-2")
    page.locator("#note").fill("الأختام في خزانة")
    page.goto(page_of(file, "visits"))
    page.goto(page_of(file, "visit", visit.seq))
    expect(page.locator("#note")).to_have_value("الأختام في خزانة")
    expect(page.locator("#criterion")).to_have_value("mini:a-2")
    expect(page.locator("#note-again")).to_be_visible()
    page.locator("button[value=see]").click()
    expect(page.locator("#notes")).to_contain_text("الأختام في خزانة")
    expect(page.locator("#note")).to_have_value("")
    page.reload()
    expect(page.locator("#note")).to_have_value("")
