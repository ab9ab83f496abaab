"""Files that forms send ahead of themselves in pieces: whose they are, what for, and what a refusal keeps."""

from __future__ import annotations

import hashlib
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import Route, expect

from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.questions.models import Question
from accreditation_engine.uploads.arriving import FOLDER
from accreditation_engine.uploads.models import Arriving, Piece
from tests.portal.ngo.test_arriving import SPOKEN, piece
from tests.portal.sending.ahead import CONTENT, begin, sent_ahead
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of, text_of, visitor
from tests.reviews.questions.scheme import asking_scheme, in_review, question
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.papers import pdf
from tests.support.world import World


@pytest.fixture
def asked(world: World) -> tuple[Dossier, User, Question]:
    """A file, its reviewer, and what they asked."""
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    return dossier, reviewer, question(dossier, reviewer)


def answer(dossier: Dossier, to: Question, by: User, number: object, text: str = "Here.", **more: Any) -> Any:
    typed = {"text": text, "arrived": str(number), **more}
    return visitor(by).post(page_of(dossier, "answer_question", to.pk), typed)


def test_file_sent_ahead_is_handed_in_with_its_form_and_its_pieces_are_gone(
    world: World, asked: tuple[Dossier, User, Question]
) -> None:
    dossier, _reviewer, to = asked
    number = sent_ahead(visitor(world.applicant), dossier, to.pk)
    assert answer(dossier, to, world.applicant, number).status_code == 302
    assert dossier.evidence.get().sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert not Arriving.objects.exists()
    assert str(number) not in default_storage.listdir(FOLDER)[0]


def test_file_sent_ahead_waits_when_its_form_is_refused_for_another_reason(
    world: World, asked: tuple[Dossier, User, Question]
) -> None:
    dossier, _reviewer, to = asked
    number = sent_ahead(visitor(world.applicant), dossier, to.pk)
    refused = answer(dossier, to, world.applicant, number, text="")
    assert (refused.status_code, f"{number}/" in refused.text) == (409, True)
    assert "nothing was kept of them" not in text_of(refused)
    assert answer(dossier, to, world.applicant, number).status_code == 302
    assert Evidence.objects.count() == 1


def test_file_sent_ahead_is_forgotten_when_it_is_itself_not_taken(
    world: World, asked: tuple[Dossier, User, Question]
) -> None:
    dossier, _reviewer, to = asked
    number = sent_ahead(visitor(world.applicant), dossier, to.pk, b"MZ" + bytes(len(CONTENT) - 2))
    refused = answer(dossier, to, world.applicant, number, text="كلمة")
    assert (refused.status_code, "what it holds is something else" in text_of(refused)) == (409, True)
    assert "كلمة" in text_of(refused)
    assert [each.objects.count() for each in (Arriving, Piece, Evidence)] == [0, 0, 0]


def test_file_sent_ahead_is_taken_only_from_whoever_sent_it_and_for_what_it_was_sent(
    world: World, asked: tuple[Dossier, User, Question]
) -> None:
    dossier, reviewer, to = asked
    other, client = question(dossier, reviewer, "ومن وقّعه؟"), visitor(world.applicant)
    number = sent_ahead(client, dossier, to.pk)
    for refused in (
        answer(dossier, other, world.applicant, number),
        answer(dossier, to, world.applicant, UUID(int=0)),
        answer(dossier, to, world.applicant, "no number"),
    ):
        assert (refused.status_code, "not kept any more" in text_of(refused)) == (409, True)
    half = begin(client, dossier, "answer", to.pk)["Location"]
    piece(client, half, 0, CONTENT[:9])
    assert answer(dossier, to, world.applicant, half.split("/")[-2]).status_code == 409
    assert (Question.objects.filter(answered_seq=None).count(), Evidence.objects.count()) == (2, 0)
    assert client.head(half.replace(f"/{to.pk}/", f"/{other.pk}/"), headers=SPOKEN).status_code == 404
    assert visitor(reviewer).head(half, headers=SPOKEN).status_code == 404
    Arriving.objects.update(owner=world.stranger.pk)
    assert answer(dossier, to, world.applicant, number).status_code == 409
    assert answer(dossier, to, world.stranger, number).status_code == 404


def test_nothing_is_begun_where_somebody_has_no_such_form(
    world: World, asked: tuple[Dossier, User, Question]
) -> None:
    dossier, reviewer, to = asked
    client = visitor(world.applicant)
    for person, form, about in (
        (world.stranger, "answer", to.pk),
        (reviewer, "answer", to.pk),
        (world.applicant, "answer", 10**6),
        (world.applicant, "answer", "x"),
        (world.applicant, "point", "new"),
        (reviewer, "visit", 1),
        (world.applicant, "correction", UUID(int=0)),
        (world.applicant, "else", "new"),
    ):
        assert begin(visitor(person), dossier, form, about).status_code == 404
    begun = begin(client, dossier, "answer", to.pk)["Location"]
    answer(dossier, to, world.applicant, UUID(int=0), arrived=[])
    closed = begin(client, dossier, "answer", to.pk)
    assert (closed.status_code, closed.json()["state"]) == (409, "closed")
    assert piece(client, begun, 0, CONTENT).status_code == 409
    assert client.delete(begun, headers=SPOKEN).status_code == 204


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_answer_goes_with_a_large_file_when_the_line_broke_on_its_way(
    open_page: OpenPage, world: World, tmp_path: Path
) -> None:
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    asked, content = question(dossier, reviewer), pdf(Random(1).randbytes(3 * 2**20))  # noqa: S311 - no secret
    (tmp_path / "محضر.pdf").write_bytes(content)
    (tmp_path / "small.pdf").write_bytes(pdf("small"))
    page = open_page(language="ar", device="phone")
    sign_in(page, world.applicant, "ar")
    pieces: list[str] = []
    lets = 1

    def cut(route: Route) -> None:
        if route.request.method == "PATCH" and len(pieces) >= lets:
            route.abort()
            return
        if route.request.method == "PATCH":
            pieces.append(route.request.headers["upload-offset"])
        route.continue_()

    page.context.route("**/arriving/**", cut)
    page.goto(page_of(dossier, "questions"))
    form = page.locator(f'form[action$="/{asked.pk}/answer/"]')
    form.locator("textarea").fill("هذا هو المحضر.")
    form.locator("input[type=file]").set_input_files([tmp_path / "محضر.pdf", tmp_path / "small.pdf"])
    expect(form.locator('.sending [data-kind="waiting"]')).to_contain_text("انقطع الاتصال")
    nothing_wrong(page)
    lets = 99
    page.reload()  # what was sent is known again by what it holds
    form.locator("textarea").fill("هذا هو المحضر.")
    expect(form.locator(".sending")).to_contain_text("محضر.pdf")
    form.locator("input[type=file]").set_input_files([tmp_path / "محضر.pdf", tmp_path / "small.pdf"])
    expect(form.locator('.sending [data-kind="there"]')).to_contain_text("وصل كاملا")
    expect(form.locator(".sending li")).to_have_count(1)
    nothing_wrong(page)
    page.reload()  # and whole, it is still there to be handed in
    form.locator("textarea").fill("هذا هو المحضر.")
    expect(form.locator('.sending [data-kind="there"]')).to_have_count(1)
    form.locator("input[type=file]").set_input_files(tmp_path / "small.pdf")
    form.get_by_role("button", name="إرسال الإجابة").click()
    expect(page.get_by_role("link", name="محضر.pdf", exact=True)).to_be_visible()
    filed = set(dossier.evidence.values_list("sha256", flat=True))
    assert filed == {hashlib.sha256(each).hexdigest() for each in (content, pdf("small"))}
    assert len(pieces) == len(set(pieces))
    assert not Arriving.objects.exists()
