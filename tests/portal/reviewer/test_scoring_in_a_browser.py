"""The page of an area saves itself: over a poor line, in two windows, after the session, and by keys alone."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.browser import OpenPage, nothing_wrong, press
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATE = '[data-saving="page"]'
SOON = 8000  # ms; a lost request is tried again after a second or two


@pytest.fixture
def file(world: World) -> Dossier:
    return waiting(world, 1)[0]


@pytest.fixture
def me(world: World, file: Dossier) -> User:
    person = reviewers(world, 1)[0]
    claim(dossier=file, by=person)
    return person


def area(file: Dossier, name: str = "a") -> str:
    return page_of(file, "review_area", "mini", name)


def at_the_area(
    open_page: OpenPage, person: User, file: Dossier, language: str, device: str = "desktop"
) -> Page:
    page = open_page(language=language, device=device)
    sign_in(page, person, language)
    page.goto(area(file))
    return page


def rate(page: Page, criterion: str, value: str) -> None:
    page.locator(f'[name="rating-{criterion}"][value="{value}"]').check()


def kept(file: Dossier, person: User) -> dict[str, tuple[str, str]]:
    found = Rating.objects.filter(assignment__dossier=file, assignment__reviewer=person)
    return {each.criterion: (each.value, each.note) for each in found}


def press_digit(page: Page, digit: int, language: str) -> None:
    """On an Arabic keyboard its key may give an Arabic digit."""
    if language == "ar":
        key = f"{{key: '{'٠١٢٣٤'[digit]}', code: 'Digit{digit}', bubbles: true, cancelable: true}}"
        page.evaluate(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key}))")
    else:
        page.keyboard.press(str(digit))


def left(page: Page) -> int:
    """How many entries lie in the browser."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('unsent/')).length")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_review_is_rated_and_sent_when_there_is_no_mouse(
    open_page: OpenPage, file: Dossier, me: User, language: str
) -> None:
    page = at_the_area(open_page, me, file, language)
    page.keyboard.press("n")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#a-1")).to_be_focused()
    press_digit(page, 3, language)
    page.keyboard.press("t")
    page.keyboard.type("jkn 4")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("u")
    page.keyboard.press("n")  # nothing is open in this area: to the button that goes on
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(area(file, "b"))
    page.keyboard.press("j")
    press_digit(page, 4, language)
    expect(page.locator("#missing li")).to_have_count(0)
    nothing_wrong(page)
    page.locator("#missing a").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    summary = page.locator("summary", has_text={"ar": "تسليم المراجعة", "en": "Send the review"}[language])
    summary.press("Enter")
    with page.expect_navigation():
        page.locator("details[open] form button").last.press("Enter")
    assert kept(file, me) == {"a-1": ("3", "jkn 4"), "a-2": ("unable_to_verify", ""), "b-1": ("4", "")}
    assert Assignment.objects.get().sent_at


def test_keys_say_what_they_cannot_do_and_begin_where_nothing_is_in_focus(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "en")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("0 – 4")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Keys")).to_be_focused()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("3")
    expect(page.locator("#a-1")).to_be_focused()
    told = page.locator("#a-1 [data-keys-told]")
    expect(told).to_have_text("This criterion is in focus now. Press 3 again to rate it.")
    assert page.locator("#a-1 .rating input:checked").count() == 0
    page.keyboard.press("9")
    expect(told).to_have_text("9 is no rating on this scale.")
    page.keyboard.press("3")
    assert page.locator("#a-1 .rating input:checked").input_value() == "3"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#a-2")).to_be_focused()


def test_the_first_screen_of_a_phone_is_for_what_is_rated(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "ar", "phone")
    expect(page.locator("#a-1 .rating").first).to_be_in_viewport()
    expect(page.locator(".keys-row")).to_be_hidden()
    expect(page.locator(".save-row")).not_to_be_in_viewport()


def test_entries_wait_and_are_sent_when_the_line_comes_back(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "ar", "phone")
    page.context.set_offline(True)
    rate(page, "a-1", "2")
    expect(page.locator(STATE)).to_contain_text("مدخل واحد محفوظ على هذا الجهاز")
    rate(page, "a-2", "1")
    page.locator("#text-a-2").fill("بلا اتصال")
    page.get_by_role("button", name="حفظ", exact=True).last.click()
    expect(page.locator(STATE)).to_contain_text("مدخلان محفوظان على هذا الجهاز")
    nothing_wrong(page)
    assert kept(file, me) == {}
    page.context.set_offline(False)
    expect(page.locator(STATE)).to_contain_text("حفظ كل شيء", timeout=SOON)
    assert kept(file, me) == {"a-1": ("2", ""), "a-2": ("1", "بلا اتصال")}
    assert left(page) == 0


def test_what_was_left_is_offered_and_writes_over_nothing_newer_when_one_comes_back(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "en")
    page.context.set_offline(True)
    rate(page, "a-1", "2")
    rate(page, "a-2", "1")
    expect(page.locator(STATE)).to_contain_text("2 entries")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    page.context.set_offline(False)
    assert asked == ["beforeunload"]
    other = page.context.new_page()
    Rating.objects.create(
        assignment=Assignment.objects.get(),
        rubric="mini",
        criterion="a-2",
        value="4",
        note="Newer",
        updated_at="2026-01-01T00:00Z",
    )
    other.goto(page_of(file, "review"))
    offer = other.locator("#unsent")
    expect(offer).to_contain_text("2 entries of an earlier visit were not sent")
    nothing_wrong(other)
    other.goto(area(file))
    offer.get_by_role("button", name="Look at it").click()
    expect(offer.locator("textarea")).to_have_value("1.1 A 1\n2\n\n1.2 A 2\n1")
    offer.get_by_role("button", name="Send it now").click()
    expect(other.get_by_text("4 · Newer")).to_be_visible()
    nothing_wrong(other)
    assert kept(file, me) == {"a-1": ("2", ""), "a-2": ("4", "Newer")}
    other.get_by_role("button", name="Take that one").click()
    expect(other.locator("#text-a-2")).to_have_value("Newer")
    expect(offer).to_be_hidden()
    assert left(other) == 0


def test_the_reader_chooses_when_two_windows_rate_the_same(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    one = at_the_area(open_page, me, file, "en")
    two = one.context.new_page()
    two.goto(area(file))
    rate(one, "a-1", "3")
    expect(one.locator(STATE)).to_contain_text("All is saved")
    rate(two, "a-1", "1")
    expect(two.locator(STATE)).to_contain_text("changed elsewhere")
    assert kept(file, me) == {"a-1": ("3", "")}
    two.get_by_role("button", name="Replace it with mine").click()
    expect(two.locator(STATE)).to_contain_text("All is saved")
    assert kept(file, me) == {"a-1": ("1", "")}
    expect(two.locator("#unsent")).to_be_hidden()


def test_nothing_is_lost_or_anothers_when_the_session_has_ended(
    open_page: OpenPage, world: World, file: Dossier, me: User
) -> None:
    other = world.person("reviewer")
    claim(dossier=file, by=other)
    page = at_the_area(open_page, me, file, "en")
    Session.objects.all().delete()
    rate(page, "a-1", "3")
    expect(page.locator(STATE)).to_contain_text("Your session has ended")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new window").click()
    sign_in(opened.value, other, "en")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(STATE)).to_contain_text("Somebody else has signed in")
    assert kept(file, other) == kept(file, me) == {}
    opened.value.context.clear_cookies(name="sessionid")
    sign_in(opened.value, me, "en")
    page.bring_to_front()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(STATE)).to_contain_text("All is saved")
    assert kept(file, me) == {"a-1": ("3", "")}


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_was_left_is_named_at_home_and_at_the_queue_when_one_comes_back(
    open_page: OpenPage, file: Dossier, me: User, language: str
) -> None:
    typing = at_the_area(open_page, me, file, language)
    Session.objects.all().delete()
    rate(typing, "a-1", "3")
    ended = {"ar": "انتهت جلستك", "en": "Your session has ended"}[language]
    expect(typing.locator(STATE)).to_contain_text(ended)
    page = typing.context.new_page()
    typing.close()
    sign_in(page, me, language)
    for address in ("/", "/queue/"):
        page.goto(address)
        expect(page.locator("#elsewhere")).to_contain_text("1.1")
        nothing_wrong(page)
    page.locator("#elsewhere a").click()
    page.wait_for_url(f"**{area(file)}")
    page.get_by_role("button", name={"ar": "إرسال الآن", "en": "Send it now"}[language]).click()
    expect(page.locator("#unsent")).to_be_hidden()
    page.goto("/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#elsewhere")).to_be_hidden()
    assert kept(file, me) == {"a-1": ("3", "")}


def test_a_fault_is_overcome_and_pressing_twice_sends_once_when_one_goes_on(
    open_page: OpenPage, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "ar")
    faults = iter([500])

    def faulty(route: Route) -> None:
        status = next(faults, None)
        route.fulfill(status=status) if status else route.continue_()

    page.route(
        "**/review/mini/a/",
        lambda route: faulty(route) if route.request.method == "POST" else route.continue_(),
    )
    rate(page, "a-1", "3")
    expect(page.locator(STATE)).to_contain_text("في الموقع عطل مؤقت")
    expect(page.locator(STATE)).to_contain_text("حفظ كل شيء", timeout=SOON)
    page.locator("#text-a-1").fill("قبل المتابعة")
    page.get_by_role("button", name="حفظ ومتابعة").dblclick()
    page.wait_for_url(f"**{area(file, 'b')}")
    assert kept(file, me) == {"a-1": ("3", "قبل المتابعة")}
    page.go_back()
    expect(page.locator("#text-a-1")).to_have_value("قبل المتابعة")
    page.locator("#text-a-2").fill("وقبل الرابط")
    press(page.get_by_role("link", name="كل المجالات"))
    assert kept(file, me)["a-2"] == ("", "وقبل الرابط")
    assert left(page) == 0


def test_what_was_typed_can_be_copied_and_goes_with_its_owner_when_the_review_is_handed_over(
    open_page: OpenPage, world: World, file: Dossier, me: User
) -> None:
    page = at_the_area(open_page, me, file, "ar", "phone")
    page.locator("#text-a-1").fill("كلمة")
    hand_over(assignment=Assignment.objects.get(), to=world.person("reviewer"), reason="مرض", by=me)
    rate(page, "a-1", "3")
    panel = page.locator("#unsent")
    expect(panel).to_be_focused()
    expect(panel.locator("textarea")).to_have_value("1.1 أ ١\n3\nكلمة")
    expect(panel.get_by_role("button", name="إرسال الآن")).to_be_hidden()
    nothing_wrong(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/queue/")
    expect(panel).to_contain_text("أعدتها أو أحلتها")
    expect(panel.locator("textarea")).to_have_value("1.1 أ ١\n3\nكلمة")
    nothing_wrong(page)
    assert left(page) == 1
    page.locator("details.account summary").click()
    press(page.get_by_role("button", name="تسجيل الخروج"))
    assert left(page) == 0


def test_review_is_saved_by_the_button_when_there_is_no_script(
    browser: Browser, live_server: LiveServer, file: Dossier, me: User
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, me, "en")
    page.goto(area(file))
    for nothing_without_it in ("#unsent", "#keys", "[data-keys]", "[data-sign-in]"):
        expect(page.locator(nothing_without_it)).to_be_hidden()
    rate(page, "a-1", "3")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_text("1 rating was saved")).to_be_visible()
    assert page.url.endswith(area(file, "b"))
    assert kept(file, me) == {"a-1": ("3", "")}
    context.close()
