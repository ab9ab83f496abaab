"""The administration in a browser: a role given by keyboard, and what axe finds on its pages."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accreditation_engine.engine.editions import store_workflow
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.portal.administration.import_running import read_file
from tests.portal.test_in_a_browser import sign_in
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.world import SHIPPED, World, shipped

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = "رقم القيد;الاسم;المحافظة\n7001;جمعية الأمل;قنا\n7002;=1+1;قنا\n".encode()


@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_a_role_is_given_by_keyboard_and_axe_finds_nothing(
    open_page: OpenPage, world: World, language: str, device: str
) -> None:
    administrator, found = world.person("administrator"), shipped()
    world.dossier("draft")
    imported = read_file(TABLE, name="جمعيات.csv", by=administrator)
    workflow = found.workflows[SHIPPED].model_copy(update={"edition": "x"})
    other = store_workflow(workflow, found.rubrics).pk
    page = open_page(language=language, device=device)
    sign_in(page, administrator, language)
    page.goto(reverse("give_role"))
    page.locator("#person").fill(world.stranger.email)
    page.keyboard.press("Enter")
    expect(page.locator("#role-error")).to_be_visible()
    expect(page.locator("#scheme-error")).to_be_visible()
    nothing_wrong(page)
    page.locator("#role").select_option("reviewer")
    page.locator("#scheme").select_option(SHIPPED)
    page.locator("#until").press("Enter")
    expect(page.locator("#end")).to_be_visible()
    assert RoleGrant.objects.get(user=world.stranger).role == "reviewer"
    nothing_wrong(page)
    for address in (
        reverse("roles"),
        reverse("imports"),
        reverse("import", args=[imported.pk]),
        reverse("edition_schemes"),
        reverse("editions", args=[SHIPPED]),
        reverse("edition", args=[SHIPPED, other]),
        reverse("migrate", args=[SHIPPED, other]),
        reverse("compare_editions", args=[SHIPPED]) + f"?new={other}",
    ):
        page.goto(address)
        nothing_wrong(page)


def test_a_page_that_follows_by_itself_leaves_alone_what_has_the_focus(
    open_page: OpenPage, world: World
) -> None:
    """Whoever goes through the rows by keyboard is not thrown back to the beginning every two seconds."""
    administrator = world.person("administrator")
    imported = read_file(TABLE, name="جمعيات.csv", by=administrator)
    type(imported).objects.filter(pk=imported.pk).update(begun_at=timezone.now())
    page = open_page(language="en", device="desktop")
    sign_in(page, administrator, "en")
    here = reverse("import", args=[imported.pk])
    page.goto(here)
    link = page.locator("#import a[href]").first
    link.focus()
    held = link.element_handle()
    for _time in range(2):
        with page.expect_response(lambda answer: answer.url.endswith(here) and answer.ok):
            pass
    page.wait_for_timeout(300)
    assert held.evaluate("each => each.isConnected && document.activeElement === each")
    page.keyboard.press("Shift+Tab")
    page.wait_for_function("each => !each.isConnected", arg=held)
