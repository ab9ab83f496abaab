"""The account, in a browser: for the applicant who chooses, and the administrator who sees to it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accreditation_engine.organisations.letters.models import Mail
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.address import address_of
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "device", "weekly", "keep", "make", "address"),
    [
        ("ar", "phone", "مرة كل أسبوع صباح الأحد", "حفظ الاختيار", "إنشاء العنوان", "العنوان"),
        ("en", "desktop", "Once a week, on Sunday morning", "Keep this", "Make the address", "The address"),
    ],
)
def test_mail_and_calendar_are_chosen(
    open_page: OpenPage,
    world: World,
    language: str,
    device: str,
    weekly: str,
    keep: str,
    make: str,
    address: str,
) -> None:
    page = open_page(language=language, device=device)
    sign_in(page, world.applicant, language)
    page.goto(reverse("account"))
    nothing_wrong(page)
    page.get_by_label(weekly).check()
    page.get_by_role("button", name=keep).first.click()
    expect(page.get_by_label(weekly)).to_be_checked()
    assert User.objects.get(pk=world.applicant.pk).digest == "weekly"
    page.get_by_role("button", name=make).click()
    expect(page.get_by_label(address, exact=True)).to_have_value(address_of(world.applicant))
    nothing_wrong(page)


@pytest.mark.parametrize(("language", "device", "leave"), [("ar", "phone", "تركها دون إرسال")])
def test_a_mail_in_doubt_is_left_by_an_administrator(
    open_page: OpenPage, world: World, language: str, device: str, leave: str
) -> None:
    mail = Mail.objects.create(
        person=world.applicant, state=Mail.State.UNKNOWN, error="TimeoutError: timed out"
    )
    page = open_page(language=language, device=device)
    sign_in(page, world.person("administrator"))
    page.goto(reverse("letters"))
    nothing_wrong(page)
    page.get_by_role("button", name=leave).click()
    expect(page.get_by_text(mail.person.email)).to_have_count(0)
    nothing_wrong(page)
    assert Mail.objects.get().state == Mail.State.LEFT
