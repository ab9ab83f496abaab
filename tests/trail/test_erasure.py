"""Erasing by law: what goes, what stays, and what verification says of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import SYSTEM, Actor, Entry
from accreditation_engine.trail.erasure import NothingToErase, erase_comment, erase_name
from accreditation_engine.trail.models import Event, Head, Name, Text
from accreditation_engine.trail.names import remember
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.queries import told
from accreditation_engine.trail.verification import verify

from .forging import execute

pytestmark = pytest.mark.django_db

ADMINISTRATOR = Actor(uuid4())


def said(stream: UUID, comment: str = "Mona Adel said so.", actor: Actor = SYSTEM) -> Event:
    return append(Entry(stream=stream, kind="test", actor=actor, comment=comment))


def by_law(**which: Any) -> Event:
    erase = erase_comment if "seq" in which else erase_name
    return erase(**which, actor=ADMINISTRATOR, role="administrator", reason="She asked for it.")


def test_comment_and_its_salt_are_gone_and_an_event_says_so_when_it_is_erased() -> None:
    stream = uuid4()
    seq = said(stream).seq
    event = by_law(stream=stream, seq=seq)
    row = Text.objects.get(stream=stream, seq=seq)
    assert (row.text, bytes(row.salt)) == (None, b"")
    assert (event.stream, event.kind, event.role) == (stream, "erased", "administrator")
    assert event.actor == ADMINISTRATOR.id
    assert event.data == {"what": "comment", "seq": seq}
    assert list(verify()) == []


def test_reader_is_told_when_and_why_when_a_comment_was_erased() -> None:
    stream = uuid4()
    seq = said(stream).seq
    event = by_law(stream=stream, seq=seq)
    first, second = told(Event.objects.filter(stream=stream).order_by("seq"))
    assert (first.comment, first.erased, first.erased_at) == ("", True, event.at)
    assert (second.comment, second.erased, second.erased_at) == ("She asked for it.", False, None)


def test_name_is_erased_in_the_stream_of_whoever_bore_it() -> None:
    person = uuid4()
    digest = remember(person, "Mona Adel")
    said(uuid4(), actor=Actor(person, digest))
    event = by_law(digest=digest)
    assert (event.stream, event.data) == (person, {"what": "name", "digest": digest})
    assert Name.objects.get(pk=digest).name is None
    assert list(verify()) == list(verify(stream=person)) == []


def test_nothing_is_written_when_there_is_nothing_to_erase() -> None:
    stream = uuid4()
    seq = said(stream).seq
    silent = append(Entry(stream=stream, kind="test")).seq
    by_law(stream=stream, seq=seq)
    last = Head.objects.get(pk=stream).seq
    for which in ({"stream": stream, "seq": seq}, {"stream": stream, "seq": silent}, {"digest": "f" * 64}):
        with pytest.raises(NothingToErase):
            by_law(**which)
    assert Head.objects.get(pk=stream).seq == last


def test_nothing_is_erased_when_no_reason_is_given() -> None:
    stream = uuid4()
    seq = said(stream).seq
    with pytest.raises(ValueError, match="reason"):
        erase_comment(stream=stream, seq=seq, actor=SYSTEM, role="system", reason=" \u200b")
    assert Text.objects.get(stream=stream).text


def test_reason_can_be_erased_in_its_turn() -> None:
    stream = uuid4()
    seq = said(stream).seq
    by_law(stream=stream, seq=by_law(stream=stream, seq=seq).seq)
    assert list(verify()) == []


@pytest.mark.parametrize("of_one", [True, False])
def test_text_that_went_without_its_event_is_named_when_the_trail_is_verified(of_one: bool) -> None:
    stream = uuid4()
    said(stream)
    seq = said(stream).seq
    with lifted(connection):
        execute("UPDATE trail_text SET text = NULL WHERE seq = %s", seq)
    (problem,) = verify(stream=stream if of_one else None)
    assert (problem.stream, problem.seq, problem.code) == (stream, seq, "erased")


def test_name_that_went_without_its_event_is_named_when_the_trail_is_verified() -> None:
    person = uuid4()
    remember(person, "Mona Adel")
    with lifted(connection):
        execute("UPDATE trail_name SET name = NULL")
    (problem,) = verify()
    assert (problem.stream, problem.code) == (person, "erased")


@pytest.mark.parametrize("of_one", [True, False])
def test_event_is_named_when_what_it_says_was_erased_is_still_there(of_one: bool) -> None:
    stream = uuid4()
    seq = said(stream).seq
    saying = append(Entry(stream=stream, kind="erased", data={"what": "comment", "seq": seq}))
    (problem,) = verify(stream=stream if of_one else None)
    assert (problem.stream, problem.seq, problem.code) == (stream, saying.seq, "erased")


def test_event_is_named_when_the_name_it_says_was_erased_is_still_there() -> None:
    person = uuid4()
    digest = remember(person, "Mona Adel")
    append(Entry(stream=person, kind="erased", data={"what": "name", "digest": digest}))
    assert [each.code for each in verify()] == ["erased"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL overwrites when it vacuums")
def test_bytes_are_overwritten_when_a_text_is_erased_on_sqlite() -> None:
    stream = uuid4()
    by_law(stream=stream, seq=said(stream).seq)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)


@given(st.lists(st.tuples(st.sampled_from(["say", "rename", "erase", "erase name"]), st.integers(0, 7))))
def test_trail_verifies_when_comments_and_erasures_come_in_any_order(acts: list[tuple[str, int]]) -> None:
    stream, person = uuid4(), uuid4()
    digests = [remember(person, "0")]
    for act, which in acts:
        if act == "say":
            said(stream, f"no. {which}", Actor(person, digests[-1]))
        elif act == "rename":
            digests.append(remember(person, str(which)))
        elif act == "erase" and Text.objects.filter(stream=stream, seq=which).exclude(text=None).exists():
            by_law(stream=stream, seq=which)
        elif act == "erase name":
            digest = digests[which % len(digests)]
            if Name.objects.get(pk=digest).name is not None:
                by_law(digest=digest)
    assert list(verify()) == list(verify(stream=stream)) == list(verify(stream=person)) == []
