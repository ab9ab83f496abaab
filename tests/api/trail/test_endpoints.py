"""Checkpoints, keys, proofs and tiles for programs. Proofs are checked by a verifier of the tests' own."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Checkpoint, Event, Place
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint, verifier_keys
from accreditation_engine.trail.transparency.covering import cover
from accreditation_engine.trail.transparency.keys import rotate
from tests.api.asking import API, ask, refused, told
from tests.support.proofs import leaf_of, verify_consistency, verify_inclusion

pytestmark = pytest.mark.django_db

A_YEAR = "max-age=31536000"


def happen(times: int) -> Checkpoint:
    for _ in range(times):
        append(Entry(uuid4(), "noted"))
    return make_checkpoint()


def hash_at(position: int) -> str:
    return str(Event.objects.get(pk=Place.objects.get(position=position).event).hash)


def root_of(checkpoint: Checkpoint) -> bytes:
    """As the signed note says it, not as the API does."""
    return b64decode(checkpoint.note.splitlines()[2])


def hashes(answer: list[str]) -> list[bytes]:
    return [bytes.fromhex(each) for each in answer]


def test_latest_checkpoint_is_given_with_its_note() -> None:
    assert refused(ask("trail/checkpoint")).code == "no-checkpoint"
    happen(2)
    last = happen(1)
    for address in ("trail/checkpoint", f"trail/checkpoints/{last.size}"):
        answer = told(address)
        assert answer["note"] == last.note
        assert (answer["size"], answer["root"]) == (last.size, last.root)
        assert answer["key"] == last.key.public
        assert datetime.fromisoformat(answer["at"]).utcoffset() is not None


@pytest.mark.parametrize("size", [0, 1, 10**30])
def test_checkpoint_that_was_never_made_is_a_problem(size: int) -> None:
    happen(2)
    response = ask(f"trail/checkpoints/{size}")
    assert (response.status_code, refused(response).code) == (404, "no-such-checkpoint")


def test_checkpoints_are_read_part_by_part() -> None:
    sizes = [happen(1).size for _ in range(5)][::-1]
    seen, before = [], {}
    while before is not None:
        answer = told("trail/checkpoints", limit=2, **before)
        seen += [each["size"] for each in answer["checkpoints"]]
        before = {"before": answer["before"]} if answer["before"] is not None else None
    assert seen == sizes
    assert told("trail/checkpoints", before=0) == {"checkpoints": [], "before": None}
    for wrong in ({"limit": 0}, {"limit": 201}, {"before": -1}, {"before": 2**63}, {"before": "x"}):
        assert refused(ask("trail/checkpoints", **wrong)).code == "not-readable"


def test_keys_are_given_as_tools_take_them() -> None:
    old = happen(1).key
    new = rotate(reason="Every three years")
    answer = told("trail/keys")
    assert [each["verifier_key"] for each in answer] == verifier_keys()
    assert [each["key"] for each in answer] == [new.public, old.public]
    assert [each["retired_at"] is None for each in answer] == [True, False]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_event_is_proved_to_be_in_every_tree_that_has_it(proved: Checkpoint, data: Any) -> None:
    size = data.draw(st.integers(1, proved.size))
    position = data.draw(st.integers(0, size - 1))
    event = hash_at(position)
    answer = told(f"trail/events/{event}/inclusion", size=size)
    assert (answer["event"], answer["position"], answer["size"]) == (event, position, size)
    assert bytes.fromhex(answer["leaf"]) == leaf_of(event)
    path, root = hashes(answer["path"]), bytes.fromhex(answer["root"])
    assert verify_inclusion(leaf_of(event), position, size, path, root)
    joined = told("trail/consistency", first=size, second=proved.size)
    assert verify_consistency(size, proved.size, hashes(joined["path"]), root, root_of(proved))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_tree_is_proved_to_continue_every_earlier_one(proved: Checkpoint, data: Any) -> None:
    second = data.draw(st.integers(1, proved.size))
    first = data.draw(st.integers(1, second))
    answer = told("trail/consistency", first=first, second=second)
    assert (answer["first"], answer["second"]) == (first, second)
    roots = hashes([answer["first_root"], answer["second_root"]])
    assert verify_consistency(first, second, hashes(answer["path"]), roots[0], roots[1])
    event = hash_at(first - 1)
    included = told(f"trail/events/{event}/inclusion", size=first)
    assert verify_inclusion(leaf_of(event), first - 1, first, hashes(included["path"]), roots[0])


@pytest.fixture
def proved() -> Checkpoint:
    return happen(300)


def test_latest_tree_is_meant_when_no_size_is_named() -> None:
    first, last = happen(3), happen(4)
    event = hash_at(1)
    answer = told(f"trail/events/{event.upper()}/inclusion")
    assert (answer["event"], answer["size"]) == (event, last.size)
    assert verify_inclusion(leaf_of(event), 1, last.size, hashes(answer["path"]), root_of(last))
    answer = told("trail/consistency", first=first.size)
    assert verify_consistency(first.size, last.size, hashes(answer["path"]), root_of(first), root_of(last))


def test_leaves_in_tiles_are_the_events_in_their_order(proved: Checkpoint) -> None:
    whole = ask("trail/tiles/0/0")
    rest = ask("trail/tiles/0/1", width=proved.size - 256)
    assert whole["Content-Type"] == "application/octet-stream"
    found = whole.content + rest.content
    events = dict(Event.objects.values_list("pk", "hash"))
    places = Place.objects.order_by("position").values_list("event", flat=True)
    assert found == b"".join(leaf_of(events[each]) for each in places)
    above = ask("trail/tiles/1/0", width=1).content
    assert above.hex() == told("trail/consistency", first=256)["first_root"]


def unknown(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return f"trail/events/{'0' * 64}/inclusion", {}


def no_hash(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/events/0123/inclusion", {}


def too_early(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return f"trail/events/{hash_at(2)}/inclusion", {"size": 2}


def not_yet(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return f"trail/events/{append(Entry(uuid4(), 'noted')).hash}/inclusion", {}


def beyond(checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return f"trail/events/{hash_at(2)}/inclusion", {"size": checkpoint.size + 1}


def backwards(checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/consistency", {"first": checkpoint.size, "second": 1}


def empty(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/consistency", {"first": 0}


def endless(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/consistency", {"first": 10**40}


def partial(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/tiles/0/0", {}


def no_tile(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return f"trail/tiles/9/{10**30}", {"width": 1}


def no_width(_checkpoint: Checkpoint) -> tuple[str, dict[str, Any]]:
    return "trail/tiles/0/0", {"width": 257}


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        (unknown, 404, "no-such-event"),
        (not_yet, 404, "not-covered"),
        (too_early, 404, "not-covered"),
        (no_hash, 422, "not-a-hash"),
        (beyond, 422, "no-such-size"),
        (backwards, 422, "no-such-size"),
        (empty, 422, "no-such-size"),
        (endless, 422, "no-such-size"),
        (partial, 404, "no-such-tile"),
        (no_tile, 404, "no-such-tile"),
        (no_width, 422, "no-such-width"),
    ],
)
def test_what_cannot_be_proved_is_a_problem(
    asked: Callable[[Checkpoint], tuple[str, dict[str, Any]]], status: int, code: str
) -> None:
    address, query = asked(happen(5))
    response = ask(address, **query)
    assert (response.status_code, refused(response).code) == (status, code)


def test_nothing_beyond_what_is_signed_is_given(proved: Checkpoint) -> None:
    append(Entry(uuid4(), "noted"))
    assert cover() == proved.size + 1
    assert refused(ask("trail/tiles/0/1", width=proved.size - 255)).code == "no-such-tile"
    assert refused(ask("trail/consistency", first=1, second=proved.size + 1)).code == "no-such-size"


def test_answers_that_cannot_change_are_kept_and_others_are_not_for_long(proved: Checkpoint) -> None:
    event, size = hash_at(0), proved.size
    for address, query in (
        (f"trail/checkpoints/{size}", {}),
        (f"trail/events/{event}/inclusion", {"size": size}),
        ("trail/consistency", {"first": 1, "second": size}),
        ("trail/tiles/0/0", {}),
    ):
        answer = ask(address, **query)
        assert "immutable" in answer["Cache-Control"]
        assert A_YEAR in answer["Cache-Control"]
        assert "Cookie" not in answer["Vary"]
    for address, query in (
        ("trail/checkpoint", {}),
        ("trail/checkpoints", {}),
        ("trail/keys", {}),
        (f"trail/events/{event}/inclusion", {}),
        ("trail/consistency", {"first": 1}),
    ):
        assert "max-age=60" in ask(address, **query)["Cache-Control"]


def test_answers_cost_few_queries(proved: Checkpoint) -> None:
    for address in (
        "trail/checkpoint",
        "trail/checkpoints",
        "trail/keys",
        f"trail/events/{hash_at(7)}/inclusion",
        "trail/consistency?first=7",
        "trail/tiles/0/0",
    ):
        with CaptureQueriesContext(connection) as captured:
            assert ask(address).status_code == 200
        assert len(captured) <= 7, address


def test_what_is_public_is_asked_about_and_not_sent_twice() -> None:
    last = happen(3)
    event = hash_at(0)
    for address in (
        "trail/checkpoint",
        f"trail/checkpoints/{last.size}",
        "trail/keys",
        "trail/tiles/0/0?width=3",
        f"trail/events/{event}/inclusion",
        "trail/consistency?first=1",
    ):
        whole, head = Client().get(API + address), Client().head(API + address)
        assert (head.status_code, head.content) == (200, b"")
        for name in (
            "ETag",
            "Content-Length",
            "Content-Type",
            "Cache-Control",
            "Access-Control-Allow-Origin",
        ):
            assert head[name] == whole[name], (address, name)
        again = Client().get(API + address, headers={"if-none-match": whole["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert Client().head(API + "trail/nothing").status_code == 404
