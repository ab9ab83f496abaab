"""Files that the page of an area sends by itself as they are chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Route, expect
from pytest_django import Settings

from accreditation_engine.dossiers.models import Dossier
from tests.portal.test_in_a_browser import sign_in
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.browser import OpenPage, nothing_wrong
from tests.support.papers import pdf, picture
from tests.support.world import World

AREA = ("self_assessment_area", "institutional-commitment", "integrity")
BRING = """([selector, type, name, bytes]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], name, {type: "application/pdf"}));
    const init = {bubbles: true, cancelable: true};
    const event = type === "paste" ? new ClipboardEvent(type, {...init, clipboardData: transfer})
        : new DragEvent(type, {...init, dataTransfer: transfer});
    document.querySelector(selector).dispatchEvent(event);
}"""
"""A file comes in another way than by being chosen."""


def send(
    world: World, client: Client, dossier: Dossier, name: str = "minutes.pdf", **more: Any
) -> HttpResponse:
    criterion = more.pop("criterion", "integrity-1")
    given = {
        "work": f"{world.applicant.pk}.answers-{dossier.pk}",
        "criterion": criterion,
        "called": name,
        f"files-{criterion}": SimpleUploadedFile(name, more.pop("content", pdf("sent"))),
        **more,
    }
    response: HttpResponse = client.post(
        page_of(dossier, *AREA), given, headers={"Accept": "application/json"}
    )
    return response


def test_a_file_is_filed_and_the_page_is_told_what_it_shows_now(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    for _again in range(2):  # the answer to the first was lost
        answer = send(world, client, dossier)
        assert (answer.status_code, answer.json()["state"]) == (200, "filed")
    assert "minutes.pdf" in answer.json()["parts"]["filed-integrity-1"]
    assert {"progress", "missing", "section-now"} <= set(answer.json()["parts"])
    assert (answer.json()["again"], dossier.evidence.count()) == (True, 1)


def test_a_name_that_is_kept_otherwise_is_told(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    answer = send(world, client, dossier, called="minutes\u202e.pdf").json()
    assert "minutes.pdf" in answer["words"]
    assert "not seen" in answer["words"]
    again = send(world, client, dossier, "another name.pdf").json()
    assert "already, as “minutes.pdf”" in again["words"].replace("\u2068", "").replace("\u2069", "")
    assert dossier.evidence.count() == 1


def test_why_a_file_is_not_taken_is_told_in_the_language_of_the_reader(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant, "ar")
    answer = send(world, client, dossier, content=b"MZ")
    assert answer.status_code == 409
    assert answer.json()["state"] == "refused"
    assert "محتواه شيء آخر" in answer.json()["words"]
    assert not dossier.evidence.exists()


def test_files_come_only_from_whose_page_it_is_and_while_they_are_welcome(world: World) -> None:
    dossier, client = world.dossier(), visitor(world.applicant)
    assert send(world, client, dossier, work=f"{world.stranger.pk}.x").json()["state"] == "stranger"
    assert send(world, client, dossier, criterion="equality-1").status_code == 404
    assert send(world, visitor(world.stranger), dossier).status_code == 404
    judged = world.dossier("screening")
    assert send(world, client, judged).json()["state"] == "closed"


def test_what_was_typed_is_kept_when_a_file_is_too_large(world: World, settings: Settings) -> None:
    settings.EVIDENCE_MAX_BYTES = 2**20
    dossier = world.dossier()
    large = SimpleUploadedFile("film.pdf", bytes(2**20 + 1))
    response = visitor(world.applicant).post(
        page_of(dossier, *AREA),
        {"rating-integrity-1": "3", "text-integrity-1": "كلمة", "files-integrity-1": large},
    )
    assert response.status_code == 409
    assert "larger than 1 MB" in text_of(response)
    assert dossier.answers.get().narrative == "كلمة"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "device"), [("ar", "phone"), ("en", "desktop")])
def test_files_are_sent_dropped_pasted_refused_and_tried_again(
    open_page: OpenPage, world: World, tmp_path: Path, language: str, device: str
) -> None:
    dossier = world.dossier()
    paths = [tmp_path / "one.pdf", tmp_path / "two.png", tmp_path / "tool.pdf"]
    for path, each in zip(paths, (pdf("one"), picture("PNG"), b"MZ"), strict=True):
        path.write_bytes(each)
    content = list(pdf("brought"))
    page = open_page(language=language, device=device)
    sign_in(page, world.applicant, language)
    page.goto(page_of(dossier, *AREA))
    place = page.locator("#integrity-1")
    place.locator("input[type=file][multiple]").set_input_files(paths)
    for name in ("one.pdf", "two.png"):
        expect(place.locator(".files")).to_contain_text(name)
    expect(place.locator('.sending [data-kind="wrong"]')).to_contain_text("tool.pdf")
    nothing_wrong(page)
    place.locator(".sending button").click()
    expect(place.locator(".sending li")).to_have_count(0)

    page.evaluate(BRING, ["#files-integrity-2", "drop", "dropped.pdf", content])
    expect(page.locator("#filed-integrity-2")).to_contain_text("dropped.pdf")
    page.evaluate(BRING, ["#text-integrity-1", "paste", "pasted.pdf", content])
    expect(place.locator(".files")).to_contain_text("pasted.pdf")

    page.context.set_offline(True)
    (tmp_path / "three.pdf").write_bytes(pdf("three"))
    place.locator("input[type=file][multiple]").set_input_files(tmp_path / "three.pdf")
    expect(place.locator('.sending [data-kind="wrong"]')).to_contain_text("three.pdf")
    page.context.set_offline(False)
    expect(place.locator(".files")).to_contain_text("three.pdf")
    assert dossier.evidence.count() == 5
    nothing_wrong(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_file_on_its_way_is_cancelled_or_waited_for(
    open_page: OpenPage, world: World, tmp_path: Path
) -> None:
    dossier = world.dossier()
    (tmp_path / "slow.pdf").write_bytes(pdf("slow"))
    page = open_page(language="en", device="desktop")
    sign_in(page, world.applicant, "en")
    page.goto(page_of(dossier, *AREA))
    held: list[Route] = []
    page.route("**/integrity/", lambda route: held.append(route))
    place = page.locator("#integrity-1")
    place.locator("input[type=file][multiple]").set_input_files(tmp_path / "slow.pdf")
    page.get_by_role("button", name="Do not send “slow.pdf”").click()
    expect(place.locator(".sending li")).to_have_count(0)
    place.locator("input[type=file][multiple]").set_input_files(tmp_path / "slow.pdf")
    expect(place.locator("progress")).to_be_visible()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".save-row")).to_contain_text("still being sent")
    assert not dossier.evidence.exists()
    with page.expect_navigation():
        held[-1].continue_()
    assert "/integrity/" not in page.url
    assert dossier.evidence.get().name == "slow.pdf"
