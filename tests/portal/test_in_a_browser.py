"""The way of a newcomer through the site, in a browser; and what axe finds on the main pages."""

from __future__ import annotations

import pytest
from django.core import signing
from playwright.sync_api import Page, expect

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.trail.subscribing import SALT
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.visitor import page_of
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a good password"  # noqa: S105 - made up, for people who are made up


def let_in(person: User, language: str) -> User:
    person.language = language
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(page: Page, person: User, language: str = "ar") -> None:
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(let_in(person, language).email)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_file_goes_one_step_further_when_a_newcomer_signs_and_submits_it_in_arabic_by_keyboard(
    open_page: OpenPage, world: World
) -> None:
    dossier = world.dossier("returned")
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant)
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.get_by_role("link", name="جمعية تجريبية").first.press("Enter")
    page.get_by_role("link", name="إلى المعاينة").press("Enter")
    page.locator("#agreed").focus()
    nothing_wrong(page)
    for typed in ("Space", "Tab"):
        page.keyboard.press(typed)
    page.keyboard.type(world.applicant.name)
    page.keyboard.press("Tab")
    page.keyboard.type("أكملنا ما طلبتموه.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("وتقديم الملف. المرحلة الآن «الفحص المبدئي».")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.state == "screening"


def test_file_comes_back_when_the_coordinator_returns_it(open_page: OpenPage, world: World) -> None:
    dossier = world.dossier("screening")
    page = open_page(language="ar")
    sign_in(page, world.person("coordinator"))
    page.get_by_role("link", name="جمعية تجريبية").first.click()
    page.get_by_text("إعادة للاستكمال", exact=True).click()
    page.get_by_label("تعليق").first.fill("ينقص محضر آخر اجتماع.")
    page.get_by_role("button", name="تأكيد: إعادة للاستكمال").click()
    expect(page.get_by_text("تم: إعادة للاستكمال. المرحلة الآن «معاد للاستكمال».")).to_be_visible()
    dossier.refresh_from_db()
    assert dossier.state == "returned"


def test_area_is_answered_by_keyboard_alone_when_no_mouse_is_there(open_page: OpenPage, world: World) -> None:
    dossier = world.dossier()
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant)
    page.goto(page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity"))
    page.locator("#rating-integrity-1").focus()
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.type("اعتمد مجلس الإدارة السياسة.")
    page.get_by_role("button", name="حفظ", exact=True).last.press("Enter")
    expect(page.locator(".save-row")).to_contain_text("حفظ كل شيء")
    answer = dossier.answers.get()
    assert (answer.rating, answer.narrative) == ("3", "اعتمد مجلس الإدارة السياسة.")


def test_work_is_done_without_a_script_when_there_is_none(
    browser: object, live_server: object, world: World
) -> None:
    dossier = world.dossier("deciding")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")  # type: ignore[attr-defined]
    page = context.new_page()
    sign_in(page, world.person("panel"), "en")
    page.goto(page_of(dossier))
    page.locator("summary", has_text="Vote").click()
    page.get_by_label("Certify").check()
    page.get_by_role("button", name="Confirm: Vote").click()
    expect(page.get_by_text("Votes cast: 1 of 3")).to_be_visible()
    context.close()


def main_pages(dossiers: dict[str, Dossier], language: str) -> list[tuple[str, str]]:
    """Who opens what."""
    certificate = dossiers["certified"].certificates.get().number
    area = ("institutional-commitment", "integrity")
    return [
        ("", "/sign-in/"),
        ("", "/about/"),
        ("", f"/about/{language}/{dossiers['draft'].scheme}/"),
        ("", "/register/"),
        ("", f"/register/{certificate}/"),
        ("", "/register/nothing/"),
        ("", "/trail/"),
        ("", "/trail/event/?hash=" + Event.objects.order_by("pk")[0].hash),
        ("", "/trail/event/?hash=0123"),
        ("", "/trail/subscribe/cut-off/"),
        (
            "",
            f"/trail/subscribe/{signing.dumps({'email': 'nadia@example.org', 'language': 'ar'}, salt=SALT)}/",
        ),
        ("", "/trail/unsubscribe/00000000-0000-4000-8000-000000000000/"),
        ("applicant", "/"),
        ("applicant", page_of(dossiers["draft"])),
        ("applicant", page_of(dossiers["draft"], "self_assessment")),
        ("applicant", page_of(dossiers["draft"], "self_assessment_area", *area)),
        ("applicant", page_of(dossiers["draft"], "preview_file")),
        ("applicant", page_of(dossiers["screening"], "expected_outcome")),
        ("applicant", f"/organisations/{dossiers['draft'].organisation_id}/profile/"),
        ("applicant", page_of(dossiers["correcting"])),
        ("applicant", page_of(dossiers["certified"])),
        ("coordinator", "/"),
        ("coordinator", "/season/"),
        ("coordinator", "/files/?season=1&only=open"),
        ("coordinator", "/files/"),
        ("coordinator", page_of(dossiers["screening"])),
        ("reviewer", page_of(dossiers["in_review"], "review")),
        ("reviewer", page_of(dossiers["in_review"], "review_area", *area)),
        ("panel", page_of(dossiers["deciding"])),
        ("panel", page_of(dossiers["deciding"], "ratings")),
        ("panel", page_of(dossiers["deciding"], "answers")),
        ("auditor", page_of(dossiers["certified"], "trail")),
    ]


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing_when_the_main_pages_are_opened(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    states = ("draft", "screening", "in_review", "correcting", "deciding", "certified")
    dossiers = {state: world.dossier(state) for state in states}
    make_checkpoint()
    pages: dict[str, Page] = {}
    for role, address in main_pages(dossiers, language):
        if role not in pages:
            pages[role] = open_page(language=language, device=device)
            if role:
                sign_in(pages[role], world.person(role), language)
        page = pages[role]
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        nothing_wrong(page)
