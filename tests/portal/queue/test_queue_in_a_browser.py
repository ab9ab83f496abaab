"""The key that takes the next file, in both languages; and what axe finds on the pages of the queue."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.reviews.queue.waiting import offered_to
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TAKEN = {"ar": "استلمت الملف", "en": "is yours to review"}
ASKS = {"ar": "هل تستلم الملف التالي؟", "en": "Take the next file?"}
SWITCH = "[data-key-switch] input"


@pytest.fixture
def me(world: World) -> User:
    return reviewers(world, 1)[0]


def at_the_queue(open_page: OpenPage, person: User, language: str, device: str = "desktop") -> Page:
    page = open_page(language=language, device=device)
    sign_in(page, person, language)
    page.goto("/queue/")
    expect(page.locator(SWITCH)).to_be_visible(visible=device == "desktop")
    return page


def press_as_on_an_arabic_keyboard(page: Page) -> None:
    """The key that bears an n on other keyboards gives another letter there."""
    page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key: "ى", code: "KeyN", bubbles: true, cancelable: true}))"""
    )


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_key_takes_the_next_file(open_page: OpenPage, world: World, me: User, language: str) -> None:
    waiting(world, 3)
    first = offered_to(me)[0]
    page = at_the_queue(open_page, me, language)
    if language == "ar":
        press_as_on_an_arabic_keyboard(page)
    else:
        page.keyboard.press("n")
    expect(page.get_by_text(ASKS[language])).to_be_visible()
    assert not Assignment.objects.exists(), "one key alone takes nothing"
    page.keyboard.press("Enter")
    expect(page.get_by_text(TAKEN[language])).to_be_visible()
    assert page.url.endswith(page_of(first))
    assert [each.dossier for each in Assignment.objects.all()] == [first]


def test_the_key_does_nothing_for_who_types_or_holds_another_key(
    open_page: OpenPage, world: World, me: User
) -> None:
    waiting(world, 2)
    page = at_the_queue(open_page, me, "en")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<textarea></textarea>')")
    page.get_by_role("textbox").press_sequentially("no, none, n")
    page.get_by_role("textbox").blur()
    for keys in ("Control+n", "Alt+n", "Shift+N", "m", "Enter"):
        page.locator("h1").press(keys)
    expect(page.get_by_role("textbox")).to_have_value("no, none, n")
    assert not Assignment.objects.exists()


def test_the_key_is_off_for_who_switched_it_off_until_it_is_on_again(
    open_page: OpenPage, world: World, me: User
) -> None:
    waiting(world, 2)
    page = at_the_queue(open_page, me, "en")
    page.locator(SWITCH).uncheck()
    page.keyboard.press("n")
    expect(page.get_by_text(ASKS["en"])).to_be_hidden()
    page.reload()
    expect(page.locator(SWITCH)).not_to_be_checked()
    page.keyboard.press("n")
    assert not Assignment.objects.exists()
    page.locator(SWITCH).check()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.get_by_text(TAKEN["en"])).to_be_visible()


def test_the_button_takes_the_next_on_a_phone(open_page: OpenPage, world: World, me: User) -> None:
    waiting(world, 2)
    page = at_the_queue(open_page, me, "ar", "phone")
    page.get_by_role("button", name="استلام التالي").click()
    expect(page.get_by_text(TAKEN["ar"])).to_be_visible()
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_axe_finds_nothing(open_page: OpenPage, world: World, me: User, language: str, device: str) -> None:
    (mine, *_others) = waiting(world, 3)
    other = world.person("reviewer")
    claim(dossier=mine, by=other)
    assignment = claim(dossier=mine, by=me)
    page = at_the_queue(open_page, me, language, device)
    nothing_wrong(page)
    for address in (page_of(mine, "hand_over", assignment.pk), page_of(mine, "review")):
        page.goto(address)
        nothing_wrong(page)
    page.goto(page_of(mine, "review_area", "mini", "a"))
    page.locator("form textarea").first.fill("كلمة للحفظ")
    hand_over(assignment=assignment, to=world.person("reviewer", 1), reason="مرض", by=me)
    page.on("dialog", lambda dialog: dialog.accept())  # that something is not saved yet
    page.evaluate("document.querySelector('form[data-autosave]').submit()")  # as without the page's script
    expect(page.get_by_text("كلمة للحفظ")).to_be_visible()
    nothing_wrong(page)
