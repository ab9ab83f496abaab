"""Somebody who has never seen the site, in Arabic, on a phone, by keyboard alone: from no account to a file that
is signed and handed in. Axe looks at every page on the way."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.editions import activate, load_schemes, store_workflow
from tests.portal.test_in_a_browser import PASSWORD
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.keyboard import choose_file, press, tab_to, type_into
from tests.support.papers import pdf
from tests.support.post import links_mailed
from tests.support.world import SHIPPED, shipped

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINUTES: FilePayload = {"name": "محضر.pdf", "mimeType": "application/pdf", "buffer": pdf("invented")}
ANSWER = "اعتمد مجلس الإدارة السياسة في مارس."


def shortened(rubric: Rubric) -> Rubric:
    """Two criteria of the first two areas: the rest is more of the same."""
    areas = (each.model_copy(update={"criteria": each.criteria[:2]}) for each in rubric.areas[:2])
    return rubric.model_copy(update={"areas": tuple(areas)})


def open_shortened() -> None:
    load_schemes(shipped().workflows.values(), shipped().rubrics, SYSTEM)
    workflow = shipped().workflows[SHIPPED]
    rubrics = {name: shortened(each) for name, each in shipped().rubrics.items()}
    activate(workflow, store_workflow(workflow, rubrics), SYSTEM)


def test_somebody_new_applies_answers_uploads_signs_and_submits(open_page: OpenPage) -> None:
    open_shortened()
    page = open_page(language="ar", device="phone")
    page.set_viewport_size({"width": 390, "height": 844})
    sign_up(page)
    register_organisation(page)
    press(page, "form[action*='open'] button")
    nothing_wrong(page)
    dossier = Dossier.objects.get()
    press(page, "main a[href$='/self-assessment/']")
    nothing_wrong(page)
    accept_code(page)
    press(page, "main a.button-primary")
    answer_everything(page, dossier)
    sign_and_submit(page)
    expect(page.get_by_text("المرحلة الآن «الفحص المبدئي».", exact=False)).to_be_visible()
    nothing_wrong(page)
    dossier.refresh_from_db()
    assert dossier.state == "screening"
    assert {each.narrative for each in dossier.answers.all()} == {ANSWER}
    assert dossier.evidence.filter(taken_back_at=None).exists()


def sign_up(page: Page) -> None:
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


def register_organisation(page: Page) -> None:
    press(page, "a[href*='new']")
    nothing_wrong(page)
    type_into(page, name_ar="جمعية الأمل", name_en="Hope", registration_number="77/2020")
    press(page)
    expect(page.get_by_text("تم تسجيل جمعية الأمل", exact=False)).to_be_visible()
    nothing_wrong(page)


def accept_code(page: Page) -> None:
    tab_to(page, "#accept")
    page.keyboard.press("Space")
    press(page, "#code button")
    nothing_wrong(page)


def answer_everything(page: Page, dossier: Dossier) -> None:
    """Area by area, with the button that goes on to the next, until nothing is missing."""
    for _area in range(8):
        nothing_wrong(page)
        for criterion in page.locator("article.criterion").all():
            answer(page, str(criterion.get_attribute("id")))
        press(page, "button[name=next]")
        if page.locator("article.criterion").count() == 0:
            return
    raise AssertionError(f"the pages of areas lead nowhere: {page.url}")


def answer(page: Page, criterion: str) -> None:
    tab_to(page, f"#{criterion} [type=radio]")
    page.keyboard.press("Space")
    tab_to(page, f"#text-{criterion}")
    page.keyboard.type(ANSWER)
    if page.locator(f"#files-{criterion}").count():
        choose_file(page, f"#files-{criterion}", MINUTES)
        expect(page.locator(f"#filed-{criterion}")).to_contain_text("محضر.pdf")


def sign_and_submit(page: Page) -> None:
    nothing_wrong(page)
    press(page, "main a[href$='/preview/']")
    nothing_wrong(page)
    tab_to(page, "#agreed")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("نادية")
    press(page, "#sign button")
