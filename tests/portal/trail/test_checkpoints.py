"""Checkpoints, keys and the place of an event, for everybody."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.trail.models import Checkpoint, Event, Key
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint, verifier_keys
from accreditation_engine.trail.transparency.keys import rotate
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.proofs import leaf_of
from tests.support.world import World

PAGE = "/trail/"


pytestmark = pytest.mark.usefixtures("keys_of_its_own")


@pytest.fixture
def checkpoint(world: World) -> Checkpoint:
    world.dossier()
    return make_checkpoint()


def test_page_says_what_to_expect_when_nothing_has_been_signed(db: None) -> None:
    assert "the first is made within an hour" in text_of(visitor().get(PAGE))
    response = visitor(language="ar").get("/trail/checkpoint")
    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "لا توجد نقطة تحقق بعد" in response.content.decode()
    assert visitor().get("/trail/key").content == b""


def test_note_is_given_byte_for_byte_when_a_program_asks(checkpoint: Checkpoint) -> None:
    for address in ("/trail/checkpoint", f"/trail/checkpoint/{checkpoint.size}"):
        response = visitor().get(address)
        assert response.content == checkpoint.note.encode()
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert "public" in response["Cache-Control"]
    assert "immutable" in response["Cache-Control"]
    assert visitor().get("/trail/checkpoint/999999999999999999999999").status_code == 404
    assert visitor().get("/trail/key").content.decode().splitlines() == verifier_keys()


def test_whoever_has_a_note_already_gets_no_second_copy(checkpoint: Checkpoint, world: World) -> None:
    for address in ("/trail/checkpoint", f"/trail/checkpoint/{checkpoint.size}", "/trail/key"):
        first = visitor().get(address)
        assert not first["ETag"].startswith("W/")
        for ask in (visitor().get, visitor().head):
            again = ask(address, headers={"if-none-match": first["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert again["Access-Control-Allow-Origin"] == "*"
            assert again["Cache-Control"] == first["Cache-Control"]
    since = {"if-modified-since": visitor().get("/trail/checkpoint")["Last-Modified"]}
    assert visitor().get("/trail/checkpoint", headers=since).status_code == 304
    tag = visitor().get("/trail/checkpoint")["ETag"]
    world.dossier()
    later = make_checkpoint()
    changed = visitor().get("/trail/checkpoint", headers={"if-none-match": tag})
    assert (changed.status_code, changed.content) == (200, later.note.encode())
    assert "ETag" not in visitor().get(PAGE), "a page is nobody's to keep"


def test_what_is_only_read_says_so_to_whoever_writes(checkpoint: Checkpoint) -> None:
    for address in ("/trail/checkpoint", "/trail/key"):
        refused = Client(enforce_csrf_checks=True).post(address)
        assert (refused.status_code, refused["Allow"], refused.content) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Checkpoints of the trail"), ("ar", "نقاط التحقق من السجل")]
)
def test_page_has_the_latest_the_earlier_and_the_keys(
    checkpoint: Checkpoint, world: World, language: str, words: str
) -> None:
    rotate(reason="Every three years")
    last = make_checkpoint()
    response = visitor(language=language).get(PAGE)
    page = response.content.decode()
    assert words in page
    for each in (last, checkpoint):
        assert each.root in page
        assert f"/trail/checkpoint/{each.size}" in page
    assert last.note in html.unescape(page)
    for line in verifier_keys():
        assert line in page
    assert Key.objects.count() == 2


def test_every_page_leads_to_the_checkpoints(world: World) -> None:
    for client in (visitor(), visitor(world.applicant)):
        for address in ("/register/", "/nowhere/"):
            assert f'href="{PAGE}"' in client.get(address).content.decode()


def test_pages_cost_few_queries(checkpoint: Checkpoint) -> None:
    assert queries_for(visitor(), PAGE) <= 6
    event = Event.objects.order_by("pk")[0]
    assert queries_for(visitor(), f"/trail/event/?hash={event.hash}") <= 6


def test_earlier_checkpoints_are_paged_when_they_are_many(checkpoint: Checkpoint) -> None:
    key, size = checkpoint.key, checkpoint.size
    Checkpoint.objects.bulk_create(
        Checkpoint(size=size + n, root=checkpoint.root, at=checkpoint.at, key=key, note="made up")
        for n in range(1, 31)
    )
    first, second = visitor().get(PAGE), visitor().get(f"{PAGE}?page=2")
    assert f"/trail/checkpoint/{size + 29}" in first.content.decode()
    assert f'"/trail/checkpoint/{size}"' not in first.content.decode()
    assert f'"/trail/checkpoint/{size}"' in second.content.decode()


def test_event_is_found_with_its_proof_when_it_is_covered(checkpoint: Checkpoint) -> None:
    event = Event.objects.order_by("pk")[2]
    response = visitor().get(reverse("event_place"), {"hash": f" {event.hash.upper()} "})
    words = text_of(response)
    assert "This event is in it" in words
    assert leaf_of(event.hash).hex() in words
    assert checkpoint.root in words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0" * 64, "Compare it digit by digit"),
        ("0" * 63, "has 64 digits"),
        ("", "Write the hash of the event"),
        ("x" * 300, "at most 200 characters"),
        ("a\0b", "Null characters"),
    ],
)
def test_event_is_not_found_and_the_remedy_told(checkpoint: Checkpoint, typed: str, words: str) -> None:
    response = visitor().get(reverse("event_place"), {"hash": typed})
    assert response.status_code == 200
    assert words in text_of(response)


def test_event_waits_when_no_checkpoint_has_it_yet(checkpoint: Checkpoint, world: World) -> None:
    world.new_person("سعاد", "reviewer")
    event = Event.objects.order_by("-pk")[0]
    assert "wait for the next one" in text_of(visitor().get(reverse("event_place"), {"hash": event.hash}))
