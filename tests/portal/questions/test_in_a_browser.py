"""An answer about the whole file: what its files belong to is asked before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.reviews.questions.asking import WHOLE
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of
from tests.reviews.questions.scheme import asking_scheme, in_review, question
from tests.support.browser import OpenPage
from tests.support.papers import picture
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_file_that_belongs_nowhere_yet_stays_chosen(
    open_page: OpenPage, world: World, tmp_path: Path
) -> None:
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    question(dossier, reviewer, criterion=WHOLE)
    paper = tmp_path / "minutes.jpg"
    paper.write_bytes(picture(shade=100))
    page = open_page(language="en", device="phone")
    sign_in(page, world.applicant, "en")
    page.goto(page_of(dossier, "questions"))
    page.get_by_label("Your answer").fill("Here")
    files = page.locator("input[type=file]")
    files.set_input_files(paper)
    send = page.get_by_role("button", name="Send the answer")
    send.click()
    assert files.evaluate("each => each.files.length") == 1
    assert not Evidence.objects.exists()
    page.get_by_label("What the files belong to").select_option("mini:a-2")
    send.click()
    expect(page.get_by_text("Your answer is sent")).to_be_visible()
    assert Evidence.objects.get().criterion == "a-2"
