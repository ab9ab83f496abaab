"""The page of an area of the self-assessment saves itself, and its files leave as they are chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.support.browser import OpenPage, nothing_wrong, press
from tests.support.papers import pdf
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PDF = pdf("invented")


def test_answers_are_saved_as_they_are_typed_and_files_as_they_are_chosen(
    open_page: OpenPage, world: World
) -> None:
    dossier = world.dossier()
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant)
    page.goto(page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity"))
    page.locator('[name="rating-integrity-2"][value="not_applicable"]').check()
    expect(page.locator('#integrity-2 [data-saving="text"]')).to_contain_text(
        "اذكر سبب عدم انطباق هذا المعيار"
    )
    page.context.set_offline(True)
    page.locator("#text-integrity-1").fill("اعتمد مجلس الإدارة السياسة.")
    expect(page.locator(".save-row")).to_contain_text("مدخل واحد محفوظ على هذا الجهاز")
    nothing_wrong(page)
    page.context.set_offline(False)
    expect(page.locator(".save-row")).to_contain_text("حفظ كل شيء", timeout=8000)
    chosen = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("#files-integrity-1").set_input_files(chosen)
    page.locator("#text-integrity-1").fill("اعتمد مجلس الإدارة السياسة في مارس.")
    page.get_by_role("button", name="حفظ", exact=True).last.click()
    expect(page.get_by_role("link", name="minutes.pdf", exact=True)).to_be_visible()
    expect(page.locator(".save-row")).to_contain_text("حفظ كل شيء")
    answers = {each.criterion: (each.rating, each.narrative) for each in dossier.answers.all()}
    assert answers == {
        "integrity-1": ("", "اعتمد مجلس الإدارة السياسة في مارس."),
        "integrity-2": ("not_applicable", ""),
    }
    press(page.get_by_role("button", name="حذف minutes.pdf"))
    assert not dossier.evidence.filter(taken_back_at=None).exists()


def test_what_is_being_used_is_left_alone_while_the_page_saves_itself(
    open_page: OpenPage, world: World
) -> None:
    """A key goes down on the field for files, an answer to what was typed before arrives, the key comes up."""
    dossier = world.dossier()
    page = open_page(language="ar", device="desktop")
    sign_in(page, world.applicant)
    page.goto(page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity"))
    progress, text, files = (
        page.locator(each) for each in ("#progress", "#text-integrity-1", "#files-integrity-1")
    )
    before = progress.inner_text()
    files.evaluate("each => { each.sameAsBefore = true }")
    page.locator('[name="rating-integrity-1"]').nth(3).check()
    text.type("اعتمد المجلس")
    page.evaluate("() => { document.querySelector('#text-integrity-1').setSelectionRange(3, 5) }")
    files.focus()
    page.keyboard.down("Space")
    expect(page.locator(".save-row")).to_contain_text("حفظ كل شيء")
    assert progress.inner_text() == before
    with page.expect_file_chooser() as chosen:
        page.keyboard.up("Space")
    expect(progress).not_to_have_text(before)
    chosen.value.set_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_role("link", name="a.pdf", exact=True)).to_be_visible()
    assert files.evaluate("each => each.sameAsBefore && document.activeElement === each")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" في")
    page.evaluate("() => { document.querySelector('#text-integrity-1').setSelectionRange(3, 5) }")
    expect(page.locator('#integrity-1 [data-saving="text"]')).to_contain_text("حفظ في")
    assert text.evaluate(
        "each => [each.selectionStart, each.selectionEnd, document.activeElement === each]"
    ) == [
        3,
        5,
        True,
    ]


def test_a_file_that_comes_while_another_is_about_to_be_removed_is_shown_once_that_button_is_left(
    open_page: OpenPage, world: World
) -> None:
    dossier = world.dossier()
    page = open_page(language="ar", device="desktop")
    sign_in(page, world.applicant)
    page.goto(page_of(dossier, "self_assessment_area", "institutional-commitment", "integrity"))
    files = page.locator("#files-integrity-1")
    files.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF})
    button = page.get_by_role("button", name="حذف a.pdf")
    button.focus()
    files.set_input_files({"name": "b.pdf", "mimeType": "application/pdf", "buffer": pdf("another")})
    expect(page.locator("#integrity-1 .sending > li")).to_have_count(0)
    assert button.evaluate("each => document.activeElement === each")
    page.keyboard.press("Shift+Tab")
    page.locator("#text-integrity-1").focus()
    expect(page.get_by_role("link", name="b.pdf", exact=True)).to_be_visible()
