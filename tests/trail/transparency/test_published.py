"""What anybody may ask of the tree, checked by a verifier that shares nothing with what makes the proofs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import translation
from pytest_django import Settings

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event, Place
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.published import (
    NotPublished,
    Unreadable,
    event_inclusion,
    latest_published,
    published,
    published_consistency,
    published_tile,
    readable_hash,
)
from tests.support.proofs import leaf_of, verify_consistency, verify_inclusion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_place_of_its_own(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.KEYS_DIR = tmp_path / "keys"
    with translation.override("en"):
        yield


def happen(times: int) -> None:
    for _ in range(times):
        append(Entry(uuid4(), "noted", data={"what": "something"}))


def hash_at(position: int) -> str:
    return str(Event.objects.get(pk=Place.objects.get(position=position).event).hash)


def test_nothing_is_published_before_something_is_signed() -> None:
    happen(1)
    for ask in (latest_published, lambda: event_inclusion("0" * 64), lambda: published_consistency(1)):
        with pytest.raises(NotPublished, match="No checkpoint") as refused:
            ask()
        assert refused.value.code == "no-checkpoint"


def test_every_event_is_shown_to_be_in_every_tree_that_has_it() -> None:
    happen(20)
    size = make_checkpoint().size
    for position in range(size):
        for wanted in range(position + 1, size + 1):
            found = event_inclusion(hash_at(position), wanted)
            assert found.leaf == leaf_of(hash_at(position))
            assert verify_inclusion(found.leaf, position, wanted, found.proof.path, found.root)
            assert not verify_inclusion(leaf_of("00" * 32), position, wanted, found.proof.path, found.root)


def test_every_tree_is_shown_to_continue_every_earlier_one() -> None:
    happen(20)
    size = make_checkpoint().size
    for second in range(1, size + 1):
        for first in range(1, second + 1):
            found = published_consistency(first, second)
            roots = (found.first_root, found.second_root)
            assert verify_consistency(first, second, found.path, *roots)
            if first != second:
                assert not verify_consistency(first, second, found.path, *roots[::-1])


def test_what_is_not_signed_yet_is_not_published() -> None:
    happen(3)
    checkpoint = make_checkpoint()
    assert published(checkpoint.size) == checkpoint == latest_published()
    happen(1)
    with pytest.raises(NotPublished, match="wait for the next one"):
        event_inclusion(Event.objects.order_by("-pk")[0].hash)
    with pytest.raises(Unreadable, match=f"from 1 to {checkpoint.size}"):
        event_inclusion(hash_at(0), checkpoint.size + 1)
    with pytest.raises(NotPublished, match="later checkpoint"):
        event_inclusion(hash_at(2), 1)
    with pytest.raises(NotPublished, match="ask for that width"):
        published_tile(0, 0)
    assert published_tile(0, 0, 3) == b"".join(leaf_of(hash_at(position)) for position in range(3))


def test_a_full_tile_is_published_and_the_root_of_it_a_level_higher() -> None:
    happen(300)
    make_checkpoint()
    assert len(published_tile(0, 0)) == 256 * 32
    assert published_tile(1, 0, 1) == published_consistency(256).first_root
    for wrong in ((0, 1, 100), (0, 2, 1), (1, 0, 2), (2, 0, 1), (200, 0, 1), (0, 2**70, 1)):
        with pytest.raises(NotPublished, match="tile") as refused:
            published_tile(*wrong)
        assert refused.value.code == "no-such-tile"
    with pytest.raises(Unreadable, match="from 1 to 256"):
        published_tile(0, 0, 0)


@pytest.mark.parametrize("text", ["", "abc", "g" * 64, "0" * 63, "0" * 65, "٠" * 64, "0" * 64 + "\0"])
def test_what_is_no_hash_is_told_so(text: str) -> None:
    with pytest.raises(Unreadable, match="64 digits"):
        readable_hash(text)


def test_a_hash_is_read_as_it_was_pasted() -> None:
    assert readable_hash(f" {'AB' * 16}\n{'cd' * 16} ") == "ab" * 16 + "cd" * 16


@pytest.mark.parametrize("size", [0, 2**80])
def test_a_checkpoint_that_was_never_made_is_not_made_up(size: int) -> None:
    happen(1)
    make_checkpoint()
    with pytest.raises(NotPublished, match="list of checkpoints"):
        published(size)


def test_an_unknown_event_and_sizes_the_wrong_way_round_are_refused() -> None:
    happen(3)
    make_checkpoint()
    with pytest.raises(NotPublished, match="digit by digit"):
        event_inclusion("0" * 64)
    for first, second in ((3, 2), (0, 2)):
        with pytest.raises(Unreadable, match="no larger than the second"):
            published_consistency(first, second)
