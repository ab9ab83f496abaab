"""Whatever is done to the trail behind the back of the database, recomputing it finds the event."""

# ruff: noqa: S608 - the SQL is of our own making, column by column
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from functools import reduce
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accreditation_engine.trail import protection
from accreditation_engine.trail.append import append, append_to
from accreditation_engine.trail.content import SYSTEM, Actor, Entry, digest_of
from accreditation_engine.trail.erasure import erase_comment, erase_name
from accreditation_engine.trail.models import Event, Name
from accreditation_engine.trail.names import remember
from accreditation_engine.trail.verification import Problem, Tally, verify

from .forging import columns_of, copied, execute, forged, query

pytestmark = pytest.mark.django_db
LENGTH = 5


@pytest.fixture
def stream() -> UUID:
    """Five events with comments, by somebody with a name; other streams lie before and behind."""
    person = uuid4()
    actor = Actor(person, remember(person, "سلمى فؤاد"))
    low, middle, high = sorted((uuid4() for _ in range(3)), key=lambda each: each.hex)
    for each in (low, middle, high):
        for number in range(LENGTH):
            said = {"transition": "go", "source": "here", "target": "there", "edition": "e" * 64}
            append(Entry(stream=each, kind="test", actor=actor, comment=f"no. {number}", **said))
    return middle


@pytest.fixture
def unprotected() -> Iterator[None]:
    with protection.lifted(connection):
        yield


def where(stream: UUID, seq: int) -> tuple[str, str, int]:
    key = stream.hex if connection.vendor == "sqlite" else str(stream)
    return f"WHERE stream = '{key}' AND seq = {seq}", key, seq


def found(problem: Problem) -> tuple[int, str]:
    return problem.seq, problem.code


Tampering = Callable[[UUID], Any]
PIECES = {
    "sqlite": {"ANOTHER_BODY": "CAST(replace(body, 'here', 'hear') AS blob)", "ANOTHER_SALT": "x'00'"},
    "postgresql": {
        "ANOTHER_BODY": "convert_to(replace(convert_from(body, 'UTF8'), 'here', 'hear'), 'UTF8')",
        "ANOTHER_SALT": "'00'::bytea",
    },
}[connection.vendor]


def sql(statement: str, seq: int = 3) -> Tampering:
    """A forgery of one statement; THIS stands for event `seq` of the stream, KEY for the stream."""

    def tamper(stream: UUID) -> None:
        here, key, _ = where(stream, seq)
        pieces = {"THIS": here, "KEY": f"'{key}'", **PIECES}
        assert execute(reduce(lambda text, piece: text.replace(*piece), pieces.items(), statement))

    return tamper


def swap(stream: UUID) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        execute(f"UPDATE trail_event SET seq = {new} {where(stream, old)[0]}")


def rewrite(stream: UUID) -> None:
    """Edit an event and give it the hash and the columns that fit."""
    event = Event.objects.get(stream=stream, seq=3)
    body = bytes(event.body).replace(b'"there"', b'"their"')
    Event.objects.filter(pk=event.pk).update(body=body, hash=digest_of(body), target="their")


def insert(stream: UUID) -> None:
    """Between the third and the fourth, with the right link to the third; a comment lies there already."""
    for seq in (5, 4):
        execute(f"UPDATE trail_event SET seq = {seq + 1} {where(stream, seq)[0]}")
    third = Event.objects.get(stream=stream, seq=3)
    forged(stream, seq=4, previous=third.hash, source="here", target="there").save(force_insert=True)


def tail(stream: UUID) -> None:
    execute(f"DELETE FROM trail_event WHERE seq > 3 AND stream = {where(stream, 1)[1]!r}")


def null_comment_digest_in_data(stream: UUID) -> None:
    """An event whose data looks as if it had no comment; the comment is then taken away."""
    protection.install(connection)
    event = append(Entry(stream=stream, kind="test", comment="why", data={"comment_digest": None}))
    protection.remove(connection)
    execute(f"DELETE FROM trail_text {where(stream, event.seq)[0]}")


TAMPERING: dict[str, tuple[Tampering, int, str]] = {
    "edit a body": (sql("UPDATE trail_event SET body = ANOTHER_BODY THIS"), 3, "edited"),
    "edit a column": (sql("UPDATE trail_event SET role = 'panel' THIS"), 3, "edited"),
    "edit the moment": (sql("UPDATE trail_event SET at = '2020-01-01 00:00:00+00:00' THIS"), 3, "edited"),
    "edit the actor": (sql(f"UPDATE trail_event SET actor = '{uuid4().hex}' THIS"), 3, "edited"),
    "take the actor away": (sql("UPDATE trail_event SET actor = NULL THIS"), 3, "edited"),
    "edit a hash": (sql("UPDATE trail_event SET hash = 'f' THIS"), 3, "edited"),
    "edit a link": (sql("UPDATE trail_event SET previous = 'f' THIS"), 3, "unlinked"),
    "edit and rehash": (rewrite, 4, "unlinked"),
    "delete in the middle": (sql("DELETE FROM trail_event THIS"), 3, "deleted"),
    "delete the first": (sql("DELETE FROM trail_event THIS", 1), 1, "deleted"),
    "delete the last": (sql("DELETE FROM trail_event THIS", LENGTH), LENGTH, "cut off"),
    "cut the tail": (tail, 4, "cut off"),
    "delete the stream": (sql("DELETE FROM trail_event WHERE stream = KEY"), 1, "gone"),
    "insert": (insert, 4, "text"),
    "append past the head": (
        lambda stream: forged(stream, kind="late").save(force_insert=True),
        6,
        "inserted",
    ),
    "swap two": (swap, 2, "unlinked"),
    "number from nought": (sql("UPDATE trail_event SET seq = 0 THIS", 1), 0, "inserted"),
    "change the head": (sql("UPDATE trail_head SET hash = 'f' WHERE stream = KEY"), LENGTH, "inserted"),
    "take the head back": (sql("UPDATE trail_head SET seq = 3 WHERE stream = KEY"), LENGTH, "inserted"),
    "delete the head": (sql("DELETE FROM trail_head WHERE stream = KEY"), LENGTH, "headless"),
    "change a comment": (sql("UPDATE trail_text SET text = 'other' THIS"), 3, "text"),
    "change a salt": (sql("UPDATE trail_text SET salt = ANOTHER_SALT THIS"), 3, "text"),
    "delete a comment": (sql("DELETE FROM trail_text THIS"), 3, "text"),
    "delete a comment that seems absent": (null_comment_digest_in_data, LENGTH + 1, "text"),
    "move a comment": (sql("UPDATE trail_text SET seq = 77 THIS"), 3, "text"),
    "rename a comment": (sql("UPDATE trail_text SET field = 'other' THIS"), 3, "text"),
    "change a name": (sql("UPDATE trail_name SET name = 'other'"), 0, "name"),
    "delete a name": (sql("DELETE FROM trail_name"), 1, "name"),
    "give a name to another": (sql(f"UPDATE trail_name SET actor = '{uuid4().hex}'"), 1, "name"),
}


@pytest.mark.parametrize(("tamper", "seq", "code"), TAMPERING.values(), ids=TAMPERING)
def test_tampering_is_found_and_the_first_event_named(
    stream: UUID, unprotected: None, tamper: Tampering, seq: int, code: str
) -> None:
    tamper(stream)
    problems = list(verify())
    first = problems[0]
    assert found(first) == (seq, code)
    if code != "name":
        assert first.stream == stream
        assert found(next(verify(stream=stream))) == (seq, code)
        assert {each.stream for each in problems} <= {stream, ""}  # "" is the tree, which misses what is gone


def test_an_untouched_trail_has_no_problem(stream: UUID) -> None:
    tally = Tally()
    assert list(verify(tally=tally)) == []
    assert (tally.streams, tally.events, tally.texts) == (3, 15, 15)


def test_one_stream_is_verified_by_itself(stream: UUID) -> None:
    tally, other = Tally(), append(Entry(stream=uuid4(), kind="test"))
    protection.remove(connection)
    Event.objects.filter(stream=stream).update(kind="forged")
    protection.install(connection)
    assert list(verify(stream=other.stream, tally=tally)) == []
    assert (tally.streams, tally.events) == (1, 1)


def test_an_event_copied_into_another_stream_is_found(stream: UUID, unprotected: None) -> None:
    """It is whole in itself, and continues nothing there."""
    other = append(Entry(stream=uuid4(), kind="test")).stream
    key = where(other, 1)[1]
    source = Event.objects.get(stream=stream, seq=3).pk
    execute(copied("trail_event", id="id + 1000", stream=f"'{key}'", seq="2", hash="'f'"), source)
    problems = list(verify(stream=other))
    told = [each for each in problems if each.code != "unplanted"]  # no trigger was there to plant them
    assert {each.seq for each in told} == {2}


def test_an_erased_comment_is_no_problem(stream: UUID) -> None:
    name = Name.objects.get().digest
    erase_comment(stream=stream, seq=3, actor=SYSTEM, role="system", reason="the law")
    erase_name(digest=name, actor=SYSTEM, role="system", reason="the law")
    assert list(verify()) == list(verify(stream=stream)) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"null", b'{"actor": 1}', b'{"actor": {"id": 3}}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_body_of_nonsense_is_a_problem_like_any_other(stream: UUID, unprotected: None, body: bytes) -> None:
    Event.objects.filter(stream=stream, seq=3).update(body=body, hash=digest_of(body))
    problems = list(verify())
    assert found(problems[0]) == (3, "edited")
    assert {each.seq for each in problems} == {3, 4}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps every column to its type")
@pytest.mark.parametrize("column", [name for name in columns_of("trail_event") if name != "id"])
@pytest.mark.parametrize("value", ["'nonsense'", "x'ff00'", "-1.5", "''"])
def test_a_column_of_the_wrong_type_is_a_problem_like_any_other(
    stream: UUID, unprotected: None, column: str, value: str
) -> None:
    execute("PRAGMA ignore_check_constraints = ON")
    execute(f"UPDATE trail_event SET {column} = {value} {where(stream, 3)[0]}")
    execute("PRAGMA ignore_check_constraints = OFF")
    problems = list(verify())
    assert problems or value == "''"
    assert {str(each.stream) for each in problems} <= {
        str(stream),
        "nonsense",
        "\N{REPLACEMENT CHARACTER}\0",
        "-1.5",
        "",
    }


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "stream": st.uuids(),
    "seq": st.integers(0, 9),
    "at": st.datetimes(timezones=st.just(UTC)),
    "actor": st.uuids() | st.none(),
    "body": st.binary(max_size=40),
}
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
NAMES = [name for name in columns_of("trail_event") if name != "id"]


def test_any_change_of_any_column_of_any_event_is_found(stream: UUID, unprotected: None) -> None:
    @given(st.integers(1, LENGTH), st.sampled_from(NAMES), st.data())
    @settings(max_examples=150)
    def change(seq: int, column: str, data: st.DataObject) -> None:
        value, rows = data.draw(VALUES.get(column, WORDS)), Event.objects.filter(stream=stream, seq=seq)
        before = rows.values_list(column, flat=True).get()
        assume(value != (bytes(before) if column == "body" else before))
        with undone():
            try:
                with transaction.atomic():
                    rows.update(**{column: value})
            except DatabaseError:
                return  # it cannot be there twice, triggers or not
            first = next(verify())
            assert first.stream in (stream, value)
            assert column == "stream" or first.seq in (seq, value)

    change()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_the_number_of_queries_does_not_grow_with_the_trail(stream: UUID) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert list(verify()) == []
        return len(captured)

    few = queries()
    more = [uuid4() for _ in range(50)]
    append_to({}, [Entry(stream=each, kind="test", comment="c") for each in more for _ in range(100)])
    assert queries() == few <= 24
    assert query("SELECT count(*) FROM trail_event") == [(5015,)]
