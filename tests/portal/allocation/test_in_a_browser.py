"""A draw in a browser, and what axe finds on its pages, in both languages and on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.models import Assignment
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DRAWN = {"ar": "وقعت القرعة على من يلي", "en": "Drawn, and asked to review"}


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_a_draw_is_one_press_and_axe_finds_nothing(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    coordinator, (first, _second) = world.person("coordinator"), waiting(world, 2)
    (busy,) = reviewers(world, 1)
    change_profile(reviewer=busy, by=coordinator, most=0, senior=True, sectors=["health"])
    page = open_page(language=language, device=device)
    sign_in(page, coordinator, language)
    for address in ("reviewers", "draw_many"):
        page.goto(reverse(address))
        nothing_wrong(page)
    page.goto(reverse("reviewer", args=[busy.pk]))
    nothing_wrong(page)
    page.goto(page_of(first, "draw"))
    nothing_wrong(page)
    page.locator("button[value=draw]").click()
    expect(page.get_by_text(DRAWN[language])).to_be_visible()
    assert Assignment.objects.filter(dossier=first, origin="drawn").count() == 2
    page.goto(reverse("draw_many"))
    page.locator("main form button").click()
    expect(page.get_by_text(DRAWN[language])).to_be_visible()
    nothing_wrong(page)
