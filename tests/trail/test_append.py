"""Adding to the trail, alone and together with others."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accreditation_engine.organisations.models import User
from accreditation_engine.trail.append import append, append_to, lock_heads
from accreditation_engine.trail.canonical import NotCanonical, canonical_bytes
from accreditation_engine.trail.content import Actor, Entry, text_digest
from accreditation_engine.trail.models import Event, Head, Text
from accreditation_engine.trail.verification import verify
from tests.support.world import World, at_once

pytestmark = pytest.mark.django_db
in_threads = pytest.mark.django_db(transaction=True)


def stream_of(length: int, **more: Any) -> UUID:
    stream = uuid4()
    for number in range(length):
        append(Entry(stream=stream, kind="test", data={"number": number}, **more))
    return stream


def events_of(stream: UUID) -> list[Event]:
    return list(Event.objects.filter(stream=stream).order_by("seq"))


def test_events_are_numbered_without_gaps_and_chained() -> None:
    events = events_of(stream_of(4))
    assert [each.seq for each in events] == [1, 2, 3, 4]
    assert [each.previous for each in events] == ["", *(each.hash for each in events[:-1])]


def test_the_head_is_the_last_event() -> None:
    stream = stream_of(3)
    head, last = Head.objects.get(pk=stream), events_of(stream)[-1]
    assert (head.seq, head.hash) == (last.seq, last.hash)


def test_the_event_given_back_is_the_event_stored() -> None:
    event = append(Entry(stream=uuid4(), kind="test", role="panel", comment="because", data={"a": [1, None]}))
    stored = Event.objects.get(hash=event.hash)
    assert stored.content == event.content
    assert stored.at == event.at


def test_the_hash_is_that_of_the_canonical_object_without_it() -> None:
    content = append(Entry(stream=uuid4(), kind="test", data={"text": "عربي\n\u2028"})).content
    given = content.pop("hash")
    assert hashlib.sha256(canonical_bytes(content)).hexdigest() == given


def test_an_event_says_all_that_the_contract_asks_for() -> None:
    stream, person = uuid4(), Actor(uuid4(), "d" * 64)
    first = append(Entry(stream=stream, kind="opened", target="draft", edition="e" * 64))
    second = append(
        Entry(
            stream=stream,
            kind="transition",
            actor=person,
            role="applicant",
            edition="e" * 64,
            transition="submit",
            source="draft",
            target="checking",
            comment="why",
            data={"choice": "yes"},
        )
    )
    content = second.content
    moment = content.pop("at")
    digest = content.pop("comment_digest")
    assert datetime.strptime(moment, "%Y-%m-%dT%H:%M:%S.%f%z") == second.at
    assert len(digest) == 64
    assert content == {
        "stream": str(stream),
        "seq": 2,
        "kind": "transition",
        "actor": {"id": str(person.id), "name_digest": "d" * 64},
        "role": "applicant",
        "edition": "e" * 64,
        "transition": "submit",
        "source": "draft",
        "target": "checking",
        "data": {"choice": "yes"},
        "previous": first.hash,
        "hash": second.hash,
    }


def test_what_does_not_apply_is_null_and_the_system_has_no_name() -> None:
    content = append(Entry(stream=uuid4(), kind="test")).content
    absent = ["role", "edition", "transition", "source", "target", "comment_digest", "previous"]
    assert [content[name] for name in absent] == [None] * len(absent)
    assert content["actor"] == {"id": None, "name_digest": None}


def test_a_comment_lies_beside_its_event_and_the_event_holds_a_salted_digest() -> None:
    event = append(Entry(stream=uuid4(), kind="test", comment="سبب"))
    beside = Text.objects.get(stream=event.stream, seq=event.seq)
    assert (beside.field, beside.text, len(bytes(beside.salt))) == ("comment", "سبب", 16)
    assert event.content["comment_digest"] == text_digest(bytes(beside.salt), "سبب")
    assert "سبب".encode() not in bytes(event.body)


def test_the_same_comment_twice_has_two_digests() -> None:
    stream = stream_of(2, comment="the same")
    assert len({each.content["comment_digest"] for each in events_of(stream)}) == 2


def test_many_entries_of_many_streams_are_written_in_three_statements() -> None:
    streams = [uuid4() for _ in range(3)]
    entries = [Entry(stream=each, kind="test", comment="c") for each in streams for _ in range(30)]
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        append_to(lock_heads(streams), entries)
    assert len(queries) == 3
    assert [len(events_of(each)) for each in streams] == [30, 30, 30]
    assert list(verify()) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"data": {"score": 1.5}},
        {"comment": "half \ud83d"},
        {"comment": "nothing \x00 here"},
        {"transition": "\udc00"},
    ],
)
def test_nothing_is_written_when_one_entry_cannot_be_kept(bad: dict[str, Any]) -> None:
    good, other = Entry(stream=uuid4(), kind="test", comment="c"), uuid4()
    with pytest.raises(NotCanonical), transaction.atomic():
        append_to({}, [good, Entry(stream=other, kind="test", **bad)])
    assert not Event.objects.exists()
    assert not Text.objects.exists()
    assert not Head.objects.exists()


def test_the_place_of_a_bad_comment_is_named() -> None:
    with pytest.raises(NotCanonical, match=r"^comment: "):
        append(Entry(stream=uuid4(), kind="test", comment="\ud83d"))


def test_what_is_too_long_for_its_column_is_never_cut_short() -> None:
    """Cut, the column would contradict the event, and the trail would not verify any more."""
    stream = uuid4()
    try:
        with transaction.atomic():
            append(Entry(stream=stream, kind="test", transition="x" * 61))
    except DatabaseError:
        assert not Event.objects.exists()
    assert list(verify(stream=stream)) == []


def test_an_append_that_is_rolled_back_leaves_no_gap() -> None:
    stream = stream_of(1)
    with transaction.atomic():
        append(Entry(stream=stream, kind="lost"))
        transaction.set_rollback(True)
    append(Entry(stream=stream, kind="kept"))
    assert [(each.seq, each.kind) for each in events_of(stream)] == [(1, "test"), (2, "kept")]


def test_deleting_a_person_leaves_their_events_whole(world: World) -> None:
    person = world.new_person("leaving", "auditor")
    event = append(Entry(stream=uuid4(), kind="test", actor=person.acting, role="auditor"))
    before = Event.objects.values().order_by("pk")
    kept = list(before)
    identity = str(person.pk)
    User.objects.get(pk=person.pk).delete()
    assert list(before.all()) == kept
    assert Event.objects.get(hash=event.hash).content["actor"]["id"] == identity
    assert list(verify()) == []


def _append_often(stream: UUID, name: str, times: int) -> None:
    for number in range(times):
        append(Entry(stream=stream, kind=name, comment=f"{number}"))


@in_threads
def test_two_threads_that_append_to_one_stream_lose_nothing() -> None:
    stream = stream_of(1)
    outcomes = at_once(*(partial(_append_often, stream, name, 15) for name in ("one", "two")))
    assert outcomes == [None, None]
    events = events_of(stream)
    assert [each.seq for each in events] == list(range(1, 32))
    for name in ("one", "two"):
        theirs = [Text.objects.get(stream=stream, seq=each.seq).text for each in events if each.kind == name]
        assert theirs == [str(number) for number in range(15)]
    assert list(verify()) == []


@in_threads
def test_a_stream_that_two_threads_open_at_once_holds_both_events() -> None:
    for _ in range(8):
        stream = uuid4()
        outcomes = at_once(*(partial(append, Entry(stream=stream, kind=name)) for name in ("one", "two")))
        assert not [each for each in outcomes if isinstance(each, Exception)], outcomes
        assert {each.kind for each in events_of(stream)} == {"one", "two"}
    assert list(verify()) == []


@in_threads
def test_batches_that_share_streams_wait_for_each_other() -> None:
    streams = [uuid4() for _ in range(6)]
    for each in streams:
        append(Entry(stream=each, kind="first"))

    def batch(order: list[UUID]) -> None:
        for _ in range(5):
            with transaction.atomic():
                append_to(lock_heads(order), [Entry(stream=each, kind="batch") for each in order])

    outcomes = at_once(partial(batch, streams), partial(batch, streams[::-1]))
    assert outcomes == [None, None]
    assert {json.loads(bytes(each.body))["seq"] for each in Event.objects.all()} == set(range(1, 12))
    assert list(verify()) == []
