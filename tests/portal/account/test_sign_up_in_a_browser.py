"""A colleague is invited by keyboard alone, and a passkey opens the door."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accreditation_engine.organisations.models import Membership
from tests.portal.test_in_a_browser import PASSWORD, let_in, sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.keyboard import press, type_into
from tests.support.post import links_mailed
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_colleague_is_invited_by_keyboard(open_page: OpenPage, world: World) -> None:
    membership = Membership.objects.get(organisation=world.dossier().organisation, user=world.applicant)
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant)
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
