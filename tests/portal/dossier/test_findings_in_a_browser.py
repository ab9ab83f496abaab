"""Agreeing on a rating and the life of a finding in a browser: in both languages, on a phone and at a desk.

Axe looks at each page with every fold open, and each fits its screen.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.reviews.models import Agreed, Assignment, Finding
from tests.portal.dossier.test_consensus import close
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.support.browser import OpenPage, nothing_wrong, press
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CRITERION = "integrity-1"
LOOKS = [("ar", "phone"), ("en", "desktop")]


def sound(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(fold => { fold.open = true })")
    nothing_wrong(page)


@pytest.mark.parametrize(("language", "device"), LOOKS)
def test_reviewers_agree_on_a_rating(open_page: OpenPage, world: World, language: str, device: str) -> None:
    file = close(world, world.dossier("in_review"), CRITERION)
    pages = []
    for review in Assignment.objects.filter(dossier=file).order_by("pk"):
        page = open_page(language=language, device=device)
        sign_in(page, review.reviewer, language)
        page.goto(page_of(file, "consensus"))
        sound(page)
        pages.append(page)
    one, other = pages
    one.locator("label.choice", has=one.locator("[name=value][value='2']")).click()
    one.locator("[name=reason]").fill("بعد الاطلاع على المحضر")
    press(one.locator("button[value=propose]"))
    sound(one)
    other.reload()
    sound(other)
    press(other.locator("button[value=confirm]"))
    expect(other.locator("button[value=propose]")).to_have_count(0)
    sound(other)
    assert Agreed.objects.get(dossier=file).value == "2"


@pytest.mark.parametrize(("language", "device"), LOOKS)
def test_finding_is_raised_amended_answered_and_verified(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    file = world.dossier("reviewed")
    reviewer = open_page(language=language, device=device)
    sign_in(reviewer, Assignment.objects.filter(dossier=file).order_by("pk")[0].reviewer, language)
    _raise(reviewer, file, world)
    finding = Finding.objects.get(dossier=file)
    press(reviewer.locator(f'a[href="{page_of(file, "amend_finding", finding.pk)}"]'))
    sound(reviewer)
    reviewer.locator("#text").fill("السجل قائم ولم يحدث")
    reviewer.locator("#reason").fill("قدمت المنظمة السجل")
    press(reviewer.locator("form button.button-primary").last)
    sound(reviewer)
    world.perform(file, "request_correction")
    applicant = open_page(language=language, device=device)
    sign_in(applicant, world.applicant, language)
    applicant.goto(page_of(file))
    sound(applicant)
    _act(applicant, finding, "answer")
    reviewer.goto(page_of(file))
    sound(reviewer)
    _act(reviewer, finding, "verify")
    sound(reviewer)
    finding.refresh_from_db()
    assert finding.state == "closed"
    auditor = open_page(language=language, device=device)
    sign_in(auditor, world.person("auditor"), language)
    auditor.goto(page_of(file, "finding_trail", finding.pk))
    sound(auditor)


def _raise(page: Page, file: Dossier, world: World) -> None:
    """A major without evidence first: it comes back, the complaint has the focus and leads to the files."""
    page.goto(page_of(file, "new_finding"))
    sound(page)
    page.locator("#criterion").select_option(f"institutional-commitment:{CRITERION}")
    page.locator("[name=severity][value=major]").check()
    page.locator("#text").fill("لا يوجد سجل لتعارض المصالح")
    page.locator("#owner").select_option(world.applicant.email)
    press(page.locator("form button.button-primary").last)
    expect(page.locator("[role=alert]")).to_be_focused()
    sound(page)
    page.locator("[role=alert] a").click()
    expect(page.locator("#evidence")).to_be_focused()
    expect(page.locator("#text")).to_have_value("لا يوجد سجل لتعارض المصالح")
    page.locator("#evidence label", has_text=f"{CRITERION}.pdf").click()
    press(page.locator("form button.button-primary").last)
    sound(page)


def _act(page: Page, finding: Finding, name: str) -> None:
    form = page.locator(f"#finding-{finding.pk} form", has=page.locator(f"[value={name}]"))
    form.locator("textarea").fill("أنشئ سجل محدث")
    press(form.locator("button").last)
