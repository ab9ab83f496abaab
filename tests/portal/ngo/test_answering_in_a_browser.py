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
