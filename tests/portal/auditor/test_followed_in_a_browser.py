"""Road, patterns and verification in a browser: what axe finds, and that verification is followed by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.auditor.verifying.models import VerificationRun
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = reverse("audit_verification")


def run(world: World, **more: Any) -> VerificationRun:
    return VerificationRun.objects.create(asked_by=world.person("auditor"), asked_at=timezone.now(), **more)


def addresses(world: World) -> list[str]:
    refused, returned = world.dossier("refused"), world.dossier("returned")
    now = timezone.now()
    wrong = [[str(refused.pk), 3, "edited", "the event is not what its hash was made of"]]
    broken = run(
        world, open=False, begun_at=now, ended_at=now, found=1, problems=wrong, events=120, total=120
    )
    stopped = run(world, open=False, begun_at=now, ended_at=now, error="stopped")
    waiting = run(world)
    assert not list(verify_all())
    return [
        reverse("dossier_road", args=[refused.pk]),
        reverse("dossier_road", args=[returned.pk]),
        reverse("audit_patterns"),
        f"{reverse('audit_patterns')}?pattern=quick_decisions",
        PAGE,
        *(reverse("audit_verification_run", args=[each.pk]) for each in (broken, stopped, waiting)),
    ]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_on_road_patterns_and_verification(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    found_on = addresses(world)
    page = open_page(language=language, device=device)
    sign_in(page, world.person("auditor"), language)
    for address in found_on:
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        nothing_wrong(page)


def test_tables_come_before_the_drawing_on_a_phone_and_around_it_on_a_desk(
    open_page: OpenPage, world: World
) -> None:
    address = reverse("dossier_road", args=[world.dossier("returned").pk])
    for device, first in (("phone", ".road-stays"), ("desktop", ".road-drawing")):
        page = open_page(language="ar", device=device)
        sign_in(page, world.person("auditor"))
        page.goto(address)
        places = {
            name: (page.locator(name).bounding_box() or {"y": 0})["y"]
            for name in (".road-stays", ".road-drawing")
        }
        assert min(places, key=lambda name: places[name]) == first


def test_verification_is_followed_by_itself_until_it_is_done(open_page: OpenPage, world: World) -> None:
    going = run(world, begun_at=timezone.now(), seen_at=timezone.now(), events=25, total=100)
    page = open_page(language="en", device="desktop")
    sign_in(page, world.person("auditor"), "en")
    page.goto(PAGE)
    expect(page.get_by_text("25%")).to_be_visible()
    VerificationRun.objects.filter(pk=going.pk).update(events=75)
    expect(page.get_by_text("75%")).to_be_visible(timeout=10_000)
    VerificationRun.objects.filter(pk=going.pk).update(open=False, ended_at=timezone.now(), events=100)
    expect(page.get_by_role("button", name="Verify now")).to_be_visible(timeout=10_000)


def test_verification_is_followed_without_a_script(browser: Any, live_server: Any, world: World) -> None:
    going = run(world, begun_at=timezone.now(), seen_at=timezone.now(), events=25, total=100)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ar-EG")
    page = context.new_page()
    sign_in(page, world.person("auditor"), "ar")
    page.goto(PAGE)
    VerificationRun.objects.filter(pk=going.pk).update(open=False, ended_at=timezone.now(), events=100)
    expect(page.get_by_role("button", name="التحقق الآن")).to_be_visible(timeout=15_000)
    context.close()
