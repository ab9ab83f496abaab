"""Erasing by law, in a browser."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accreditation_engine.trail.models import Text
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "اعترضت منى عادل على المحضر."


def test_comment_is_erased_by_an_administrator_who_is_asked_twice(open_page: OpenPage, world: World) -> None:
    dossier = world.dossier("screening")
    world.perform(dossier, "return_for_completion", comment=WORDS)
    page = open_page(language="ar", device="phone")
    sign_in(page, world.person("administrator"))
    page.goto(f"{reverse('erasure')}?q={dossier.number}")
    nothing_wrong(page)
    page.get_by_role("link", name=dossier.number).click()
    page.get_by_text("اختيار منها").first.click()
    page.get_by_text("إعادة للاستكمال").click()
    page.get_by_role("button", name="عرض ما سيمحى").click()
    expect(page.get_by_role("link", name="اكتب سبب المحو من غير أن تعيد فيه ما يراد محوه.")).to_be_visible()
    nothing_wrong(page)
    page.get_by_label("سبب المحو").fill("خطأ على منى عادل.")
    page.get_by_label("السند القانوني").fill("القانون 151 لسنة 2020، المادة 2")
    page.get_by_role("button", name="عرض ما سيمحى").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    nothing_wrong(page)
    page.get_by_label("هذه كلمات عامة لا تدل على شيء مما سيُمحى").check()
    page.get_by_role("button", name="محو نهائي").click()
    expect(page.get_by_text("محي نص واحد نهائيا، وذكر السجل ذلك.")).to_be_visible()
    assert not Text.objects.filter(text=WORDS).exists()
