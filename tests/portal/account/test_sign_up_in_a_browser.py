"""From no account to an organisation of one's own, in Arabic, on a phone, by keyboard alone; and a passkey."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accreditation_engine.organisations.models import Membership
from tests.portal.test_in_a_browser import PASSWORD, let_in, sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.post import links_mailed
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABS = 60
"""More than any of these pages has places to stop at."""


def tab_to(page: Page, place: str) -> None:
    """Press the tab key until what `place` selects has the focus."""
    for _step in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("place => document.activeElement.matches(place)", place):
            return
    raise AssertionError(f"the tab key does not lead to {place} on {page.url}")


def type_into(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(text)


def press(page: Page, place: str = "main button") -> None:
    tab_to(page, place)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_somebody_new_signs_up_and_registers_their_organisation(open_page: OpenPage) -> None:
    page = open_page(language="ar", device="phone")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/sign-in/")
    press(page, "a[href*='sign-up']")
    nothing_wrong(page)
    type_into(page, name="نادية", email="nadia@tests.example", password1="12345")
    press(page)
    expect(page.get_by_role("alert")).to_be_focused()
    nothing_wrong(page)
    assert page.locator("[name=name]").input_value() == "نادية"
    type_into(page, password1=PASSWORD)
    press(page)
    expect(page.get_by_role("heading", name="انظر في بريدك")).to_be_visible()
    nothing_wrong(page)
    page.goto(links_mailed()[-1])
    nothing_wrong(page)
    press(page)
    press(page, "a[href*='new']")
    nothing_wrong(page)
    type_into(page, name_ar="جمعية الأمل", name_en="Hope", registration_number="77/2020")
    press(page)
    expect(page.get_by_text("سجلت جمعية الأمل وأنت تمثلها.", exact=False)).to_be_visible()
    nothing_wrong(page)
    membership = Membership.objects.get()
    page.goto(reverse("colleagues", args=[membership.organisation_id]))
    nothing_wrong(page)
    type_into(page, email="salma@tests.example")
    press(page, "button[value=invite]")
    expect(page.get_by_text("أرسلت الدعوة", exact=False)).to_be_visible()
    nothing_wrong(page)
    other = open_page(language="ar", device="phone")
    other.goto(links_mailed()[0])
    nothing_wrong(other)


def test_a_passkey_is_set_up_and_opens_the_door(
    open_page: OpenPage, world: World, settings: Settings
) -> None:
    """The browser's own make-believe authenticator gives it; the pages of factors are looked at on the way."""
    settings.SECOND_FACTOR_REQUIRED = True
    page = open_page(language="ar", device="phone")
    with_devices = page.context.new_cdp_session(page)
    with_devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
    with_devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    reviewer = let_in(world.person("reviewer"), "ar")
    sign_in(page, reviewer)
    expect(page.get_by_role("heading", name="أضف وسيلة تحقق ثانية أولا")).to_be_visible()
    nothing_wrong(page)
    page.goto(reverse("mfa_activate_totp"))
    nothing_wrong(page)
    page.goto(reverse("mfa_add_webauthn"))
    nothing_wrong(page)
    page.get_by_role("button", name="إضافة").click()
    expect(page.get_by_role("heading", name="رموز الاسترداد")).to_be_visible()
    nothing_wrong(page)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"webauthn", "recovery_codes"}
    page.goto(reverse("usersessions_list"))
    nothing_wrong(page)
    page.context.clear_cookies()
    sign_in_again(page, reviewer.email)
    nothing_wrong(page)
    page.get_by_role("button", name="بمفتاح مرور").click()
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("سلمى")


def sign_in_again(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/factor/**")
