from __future__ import annotations

import stat
from base64 import b64decode
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Checkpoint, Event, Key, Place, Tile
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import checkpoint_made, make_checkpoint
from accreditation_engine.trail.transparency.covering import TrailBroken, cover, event_leaf
from accreditation_engine.trail.transparency.keys import key_file, retire, rotate
from accreditation_engine.trail.transparency.merkle import root
from accreditation_engine.trail.transparency.notes import key_id, verifier_key
from accreditation_engine.trail.transparency.numbers import gaps

from .test_merkle import perfect_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def happen(times: int = 1, stream: UUID | None = None) -> UUID:
    stream = stream or uuid4()
    for _ in range(times):
        append(Entry(stream, "noted", data={"what": "something"}))
    return stream


def signature_of(note: str, key: Key) -> bytes:
    start = f"— {key.name} "
    lines = [line.removeprefix(start) for line in note.splitlines() if line.startswith(start)]
    name = key_id(key.name, bytes.fromhex(key.public))
    (found,) = [each[4:] for each in map(b64decode, lines) if each[:4] == name]
    return found


def check_signature(note: str, key: Key) -> None:
    """Raises InvalidSignature."""
    text = note[: note.index("\n\n") + 1]
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)).verify(
        signature_of(note, key), text.encode()
    )


def test_a_checkpoint_says_what_the_tree_of_all_events_has_come_to() -> None:
    happen(3)
    happen(2)
    checkpoint = make_checkpoint()
    events = Event.objects.order_by("pk").values_list("hash", flat=True)
    leaves = [event_leaf(each) for each in events]
    origin, size, head, streams = checkpoint.note.split("\n\n")[0].splitlines()
    assert origin == checkpoint.key.name
    assert int(size) == checkpoint.size == len(leaves) == 6  # the making of the key is one of them
    assert b64decode(head) == root(len(leaves), perfect_of(leaves)) == bytes.fromhex(checkpoint.root)
    assert streams.startswith("streams 3 ")


def test_a_checkpoint_is_signed_by_a_key_that_only_its_owner_reads() -> None:
    happen()
    checkpoint = make_checkpoint()
    check_signature(checkpoint.note, checkpoint.key)
    with pytest.raises(InvalidSignature):
        check_signature(checkpoint.note.replace("\n2\n", "\n3\n"), checkpoint.key)
    path = key_file(checkpoint.key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_key_is_told_of_in_the_log_and_in_the_trail_when_it_is_made(caplog) -> None:
    happen()
    checkpoint = make_checkpoint()
    assert "Back it up" in caplog.text
    (event,) = Event.objects.filter(stream=checkpoint.key_id)
    assert (event.kind, event.data["key"]) == ("key_made", checkpoint.key.public)
    caplog.clear()
    happen()
    make_checkpoint()
    assert not caplog.text


def test_nothing_new_makes_no_checkpoint() -> None:
    happen()
    assert make_checkpoint() == make_checkpoint()
    assert Checkpoint.objects.count() == 1


def test_whoever_listens_hears_of_a_checkpoint_once_it_is_kept(django_capture_on_commit_callbacks) -> None:
    heard: list[int] = []

    def listener(checkpoint: Checkpoint, **_: object) -> None:
        heard.append(checkpoint.size)

    checkpoint_made.connect(listener)
    happen()
    with django_capture_on_commit_callbacks(execute=True):
        checkpoint = make_checkpoint()
    checkpoint_made.disconnect(listener)
    assert heard == [checkpoint.size]


def test_checkpoints_are_numbered_on_where_those_of_before_have_no_number() -> None:
    """A site of before: its key says nothing of numbers, and the first two checkpoints have none."""
    for _ in range(2):
        happen()
        make_checkpoint()
    with lifted(connection):
        Checkpoint.objects.update(number=None, number_signed="")
    happen()
    third = make_checkpoint()
    assert (third.number, Checkpoint.objects.filter(number=None).count()) == (3, 2)
    in_order = [(each, each.key) for each in Checkpoint.objects.order_by("size")]
    assert list(gaps(in_order, [])) == []
    assert [each.pk for each, _wrong in gaps(in_order[1:], [])] == [third.pk]
    assert [wrong for _, wrong in gaps(in_order[1:], [])] == ["is number 3, and 1 before it were deleted"]


def test_an_event_keeps_the_place_it_was_given() -> None:
    stream = happen(2)
    make_checkpoint()
    before = dict(Place.objects.values_list("event", "position"))
    happen(2, stream)
    make_checkpoint()
    after = dict(Place.objects.values_list("event", "position"))
    assert before.items() <= after.items()
    assert sorted(after.values()) == list(range(len(after)))


def test_an_event_that_commits_late_is_covered_later_and_not_skipped() -> None:
    """Its row has a smaller number than others that are covered already."""
    happen()
    make_checkpoint()
    late = happen()
    row = Event.objects.get(stream=late)
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE trail_place SET event = -5 WHERE event = %s", [row.pk])
        cursor.execute("UPDATE trail_event SET id = -5 WHERE id = %s", [row.pk])
    happen()
    make_checkpoint()
    assert Place.objects.get(event=-5).position is not None


def test_the_cost_of_a_checkpoint_does_not_grow_with_the_trail(django_assert_max_num_queries) -> None:
    happen(300)
    make_checkpoint()
    happen()
    with django_assert_max_num_queries(40):
        make_checkpoint()


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE trail_event SET body = substr(body, 2) WHERE seq = 4",
        "UPDATE trail_event SET seq = 2 WHERE seq = 4",
        "DELETE FROM trail_event WHERE seq = 4",
    ],
)
def test_nothing_is_signed_over_what_does_not_continue_the_trail(forgery: str) -> None:
    stream = happen(3)
    make_checkpoint()
    happen(1, stream)
    with lifted(connection), connection.cursor() as cursor:
        if "seq = 2" in forgery:
            cursor.execute("DELETE FROM trail_event WHERE seq = 2")
        cursor.execute(forgery)
    with pytest.raises(TrailBroken):
        make_checkpoint()
    assert Checkpoint.objects.count() == 1


@pytest.mark.parametrize("hashes", [b"\x07" * 32 * 4, b""])
def test_nothing_is_signed_over_a_tree_that_was_made_anew(hashes: bytes) -> None:
    happen(3)
    make_checkpoint()
    with lifted(connection):
        Tile.objects.filter(tree=Tile.EVENTS).update(hashes=hashes)
    with pytest.raises(TrailBroken, match="not the one"):
        make_checkpoint()


def test_a_new_key_is_vouched_for_by_the_one_before() -> None:
    happen()
    old = make_checkpoint().key
    new = rotate(reason="انتهت صلاحيته")
    checkpoint = make_checkpoint()
    assert checkpoint.key == new
    check_signature(checkpoint.note, new)
    check_signature(checkpoint.note, old)
    old.refresh_from_db()
    assert old.retired_at is not None
    happen()
    with pytest.raises(ValueError, match="not enough values"):
        check_signature(make_checkpoint().note, old)


def test_a_key_that_is_not_at_hand_is_not_replaced_in_silence() -> None:
    happen()
    key = make_checkpoint().key
    key_file(key).unlink()
    happen()
    with pytest.raises(KeyUnusable, match="put it back from the backup"):
        make_checkpoint()
    assert Key.objects.count() == 1


def test_nothing_is_signed_after_a_key_was_retired_until_somebody_makes_another() -> None:
    happen()
    old = make_checkpoint().key
    assert retire(reason="رآه غير صاحبه") == [old]
    assert retire(reason="مرة أخرى") == []
    happen()
    with pytest.raises(KeyUnusable, match="trail_key --rotate"):
        make_checkpoint()
    assert make_checkpoint_with(rotate(reason="مفتاح جديد")) == 5
    kinds = Event.objects.filter(stream=old.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["key_made", "key_retired"]


@pytest.mark.parametrize("end", [rotate, retire])
def test_no_key_is_retired_without_a_reason(end: Callable[..., Any]) -> None:
    happen()
    old = make_checkpoint().key
    with pytest.raises(ValueError, match="without a reason"):
        end(reason="\u200b")
    assert list(Key.objects.filter(retired_at=None)) == [old]


def make_checkpoint_with(key: Key) -> int:
    checkpoint = make_checkpoint()
    assert checkpoint.key == key
    return checkpoint.size


def test_a_key_that_cannot_be_kept_is_not_made(settings, tmp_path) -> None:
    (tmp_path / "file").touch()
    settings.KEYS_DIR = tmp_path / "file"
    happen()
    with pytest.raises(KeyUnusable, match="set KEYS_DIR"):
        make_checkpoint()
    assert not Key.objects.exists()


def test_what_is_in_the_way_is_said_in_arabic() -> None:
    happen()
    key_file(make_checkpoint().key).unlink()
    happen()
    with translation.override("ar"), pytest.raises(KeyUnusable, match="النسخة الاحتياطية"):
        make_checkpoint()


def test_a_key_file_that_others_can_read_is_refused() -> None:
    happen()
    path = key_file(make_checkpoint().key)
    path.chmod(0o640)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        make_checkpoint()


def test_a_folder_of_keys_that_others_can_write_into_is_refused() -> None:
    happen()
    folder = key_file(make_checkpoint().key).parent
    folder.chmod(0o777)
    happen()
    with pytest.raises(KeyUnusable, match="chmod 700"):
        make_checkpoint()


def test_a_key_file_that_is_a_link_is_refused() -> None:
    happen()
    path = key_file(make_checkpoint().key)
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))
    happen()
    with pytest.raises(KeyUnusable, match="a link to another place"):
        make_checkpoint()


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_key_file_without_a_key_is_named(content: bytes) -> None:
    happen()
    path = key_file(make_checkpoint().key)
    path.write_bytes(content)
    with pytest.raises(KeyUnusable, match="holds no key"):
        make_checkpoint()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_place SET position = 99 WHERE position = 0",
        "UPDATE trail_place SET position = NULL WHERE position = 0",
        "DELETE FROM trail_place",
        "UPDATE trail_checkpoint SET note = 'another'",
        "DELETE FROM trail_checkpoint",
        "UPDATE trail_key SET public = 'another'",
        "UPDATE trail_streamhead SET seq = 0",
        "UPDATE trail_tree SET size = 0",
    ],
)
def test_the_database_refuses_to_take_a_checkpoint_back(statement: str) -> None:
    happen(2)
    make_checkpoint()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_names_and_signatures_of_keys_are_those_of_the_published_example() -> None:
    """From the documentation of golang.org/x/mod/sumdb/note, whose format this is."""
    published = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    public = b64decode(published.split("+", 2)[2])[1:]
    assert verifier_key("PeterNeumann", public) == published
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
        "qdngotpRZb6KE6RyyBwJnAM=\n"
    )
    check_signature(note, Key(name="PeterNeumann", public=public.hex()))


def test_covering_twice_changes_nothing() -> None:
    happen(3)
    assert cover() == cover() == 3
