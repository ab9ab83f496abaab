"""The page on which an auditor has files drawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.urls import reverse

from accreditation_engine.trail.bundle.verify_trail import Trusted, check_at
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.bundles import files_in
from tests.support.world import SHIPPED, World

PAGE = reverse("audit_samples")


def ask(world: World, language: str = "en", **typed: str) -> HttpResponse:
    return visitor(world.person("auditor"), language).post(PAGE, typed, follow=True)


def draws() -> list[Event]:
    return list(Event.objects.filter(kind="audit_sample_drawn"))


def test_drawn_files_are_listed_with_links_and_what_draws_them_again(world: World) -> None:
    files = [world.dossier("screening") for _ in range(3)]
    response = ask(world, scheme=SHIPPED, state="screening", size="2")
    (event,) = draws()
    text = text_of(response)
    assert "2 of 3 files" in text
    for number in event.data["drawn"]:
        assert number in text
    chosen = [each for each in files if each.number in event.data["drawn"]]
    assert all(reverse("dossier", args=[each.pk]) in response.content.decode() for each in chosen)
    assert event.data["seed"] in text
    assert f"redraw_samples --auditor {world.person('auditor').email}" in text


def test_button_pressed_twice_draws_once_and_a_page_opened_anew_draws_again(world: World) -> None:
    for _ in range(3):
        world.dossier("screening")
    client = visitor(world.person("auditor"))
    for draw, told in ((1, False), (1, True), (2, False)):
        if not told:
            typed = {"size": "1", "seen": client.get(PAGE).context["seen"]}
        response = client.post(PAGE, typed, follow=True)
        assert len(draws()) == draw
        assert ("drawn from the same page already" in text_of(response)) is told
        assert response.redirect_chain == [(reverse("audit_sample", args=[draws()[-1].seq]), 302)]
    client.post(PAGE, {**typed, "size": "2"})
    assert len(draws()) == 3, "another draw than the one of that page"


def test_form_starts_with_no_more_files_than_there_are(world: World) -> None:
    client = visitor(world.person("auditor"))
    for _ in range(2):
        world.dossier("screening")
    assert client.get(PAGE).context["form"]["typed"]["size"] == "2"


def test_events_of_exactly_the_files_drawn_are_taken_away(world: World) -> None:
    files = {each.number: each for each in [world.dossier("screening") for _ in range(3)]}
    offers = {each.kind: each for each in ask(world, size="2").context["exports"]}
    (event,) = draws()
    client = visitor(world.person("auditor"), "en")
    taken = b"".join(client.get(offers["jsonl"].url).streaming_content).decode()
    streams = {json.loads(line)["stream"] for line in taken.splitlines()}
    assert streams == {str(files[number].pk) for number in event.data["drawn"]}
    assert client.get(offers["csv"].url).status_code == 200
    assert "You have drawn no such sample" in text_of(client.get(f"{reverse('audit')}?sample=999999"))


@pytest.mark.usefixtures("keys_of_its_own")
def test_bundle_of_a_sample_holds_exactly_its_files_once_all_of_them_may_be_seen(
    world: World, tmp_path: Path
) -> None:
    decided = [world.dossier("certified") for _ in range(2)]
    offers = {each.kind: each for each in ask(world, size="2").context["exports"]}
    client = visitor(world.person("auditor"), "en")
    path = tmp_path / "sample.zip"
    path.write_bytes(b"".join(client.post(offers["zip"].url).streaming_content))
    assert check_at(path, Trusted()).ok
    assert json.loads(files_in(path)["manifest.json"])["dossiers"] == sorted(str(each.pk) for each in decided)
    world.dossier("in_review")
    again = {each.kind: each for each in ask(world, size="3", seen="99").context["exports"]}
    assert "you may not see all at this stage" in text_of(client.post(again["zip"].url, follow=True))


def test_page_is_arabic_when_its_reader_is(world: World) -> None:
    world.dossier("screening")
    text = text_of(ask(world, "ar", percent="٥٠٪"))
    assert "1 من 1 من الملفات" in text
    assert "لإعادة السحب" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Say how many files to draw"),
        ({"size": "0"}, "Write a whole number from 1"),
        ({"size": "ten"}, "Write a whole number from 1"),
        ({"percent": "101"}, "from 1 to 100"),
        ({"percent": "0.0001"}, "One percent is the least"),
        ({"size": "1", "percent": "1"}, "not both"),
        ({"size": "1", "scheme": "nothing"}, "You do not audit this scheme"),
        ({"size": "1", "state": "nothing"}, "There is no such state"),
        ({"size": "1", "opened_since": "soon"}, "This is no date"),
        ({"size": "9"}, "only 1 fit"),
        ({"size": "1", "state": "certified"}, "nothing to draw from"),
        ({"size": "9" * 40}, "Write a whole number from 1"),
    ],
)
def test_what_cannot_be_drawn_is_told_and_nothing_typed_is_lost(
    world: World, typed: dict[str, str], told: str
) -> None:
    world.dossier("screening")
    response = ask(world, **typed)
    assert told in text_of(response)
    assert not draws()
    for value in typed.values():
        assert f'value="{value}"' in response.content.decode() or value in ("nothing", "certified")


def test_draw_of_another_auditor_does_not_exist(world: World) -> None:
    world.dossier("screening")
    ask(world, size="1")
    other = visitor(world.new_person("other", "auditor"))
    assert other.get(reverse("audit_sample", args=[draws()[0].seq])).status_code == 404


def test_pages_of_samples_cost_at_most_fifteen_queries(world: World) -> None:
    for _ in range(3):
        world.dossier("screening")
    ask(world, size="3")
    client = visitor(world.person("auditor"))
    assert queries_for(client, PAGE) <= 15
    assert queries_for(client, reverse("audit_sample", args=[draws()[0].seq])) <= 15
