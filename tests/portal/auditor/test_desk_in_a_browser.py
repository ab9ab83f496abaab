"""The auditor's desk in a browser: found from the top, worked without a script, and what axe finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def addresses(world: World) -> list[str]:
    dossier = world.dossier("certified")
    make_checkpoint()
    waiting = world.dossier("returned")
    last = Event.objects.filter(stream=dossier.pk).latest("seq").seq
    pair = f"event={dossier.pk}/{last}&event={dossier.pk}/{last - 1}"
    desk = reverse("audit")
    return [
        desk,
        f"{desk}?kind=transition&role=coordinator&order=oldest",
        f"{desk}?file={dossier.number}",
        f"{desk}?since=never&stream=x",
        f"{desk}?actor=nobody",
        f"{desk}?with={dossier.pk}/1",
        reverse("audit_event", args=[dossier.pk, last]),
        reverse("audit_event", args=[waiting.pk, 1]),
        f"{reverse('audit_comparison')}?{pair}",
        reverse("audit_samples"),
        reverse("audit_looks"),
    ]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_on_the_desk(open_page: OpenPage, world: World, language: str, device: str) -> None:
    found_on = addresses(world)
    page = open_page(language=language, device=device)
    sign_in(page, world.person("auditor"), language)
    for address in found_on:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        nothing_wrong(page)


def test_two_events_are_compared_without_a_script(browser: Any, live_server: Any, world: World) -> None:
    world.dossier("screening")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ar-EG")
    page = context.new_page()
    sign_in(page, world.person("auditor"), "ar")
    page.get_by_role("link", name="مكتب المدقق", exact=True).click()
    for number in (0, 1):
        page.locator("input[name=event]").nth(number).check()
    page.get_by_role("button", name="مقارنة الواقعتين المعلمتين").click()
    expect(page.get_by_role("heading", name="واقعتان جنبا إلى جنب")).to_be_visible()
    context.close()


def test_sample_is_drawn_by_one_press(open_page: OpenPage, world: World) -> None:
    world.dossier("screening")
    page = open_page(language="ar", device="phone")
    sign_in(page, world.person("auditor"))
    page.goto(reverse("audit_samples"))
    page.get_by_label("عدد الملفات").fill("1")
    page.get_by_role("button", name="سحب الآن").click()
    expect(page.get_by_role("heading", name="لإعادة السحب")).to_be_visible()
    nothing_wrong(page)


def test_the_two_ways_to_say_how_many_stand_side_by_side(open_page: OpenPage, world: World) -> None:
    page = open_page(language="en", device="desktop")
    sign_in(page, world.person("auditor"), "en")
    page.goto(reverse("audit_samples"))
    size, percent = (page.locator(name).bounding_box() for name in ("#size", "#percent"))
    form = page.locator("form.card").bounding_box()
    assert size
    assert percent
    assert form
    assert abs(size["y"] - percent["y"]) < 1
    assert abs(size["width"] - percent["width"]) < 1
    assert percent["width"] < form["width"] / 2


def test_paper_shows_events_and_what_was_chosen_and_none_of_the_controls(
    open_page: OpenPage, world: World
) -> None:
    dossier = world.dossier("screening")
    page = open_page(language="ar", device="desktop")
    sign_in(page, world.person("auditor"), "ar")
    page.emulate_media(media="print")
    page.goto(f"{reverse('audit')}?file={dossier.number}")
    expect(page.locator(".timeline > li").first).to_be_visible()
    expect(page.locator(".chips")).to_contain_text(dossier.number)
    for hidden in ("[role=search]", "input[name=event]", "main button", "main .buttons"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.goto(reverse("trail", args=[dossier.pk]))
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".raw").first).to_be_hidden()
    page.goto(reverse("trail", args=[dossier.pk]) + "?print=1")
    expect(page.locator("dl.facts").first).to_be_visible()
    expect(page.locator(".notice").first).to_be_hidden()
