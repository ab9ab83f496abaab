"""Going over the whole trail at nearly the speed of hashing it, only to find the streams that need a closer look.

Nothing is parsed. The canonical form fixes where every column stands in the bytes of an event, so what the columns
say is written out and compared with both ends of the bytes. Between the two lies only `data`, which no column
repeats; it cannot imitate the end, whose last brace closes the whole event and before which every quotation mark
opens or closes a word of a column.

At worst a stream is suspected wrongly; one that is passed here is all right. Heads and comments are read beside
the events, in statements of their own, so what is written meanwhile may look wrong, and the closer look, which
takes one statement a stream, settles it.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import Any

from . import stored
from .inspection import Mentions
from .problems import Tally
from .stored import dashed

HASH = 64  # characters
NAME_AT = len('{"actor":{"id":')
NULL = b"null"
EVERYTHING = ("", "")


class Scan:
    """One way over the events of the streams from `between[0]` to before `between[1]` ("" for no bound), as their
    column orders them. `suspects` gives the streams that need a closer look, in order; the rest is counted in
    `tally`. Columns that hold what no column should end it with TypeError, ValueError or a DatabaseError."""

    def __init__(self, tally: Tally, between: tuple[str, str] = EVERYTHING) -> None:
        self.tally = tally
        self._between = between
        self._seen: dict[bytes, tuple[Any, int]] = {}

    def suspects(self) -> Iterator[Any]:  # noqa: C901 - one loop: a call in it costs as much as the hash
        events = stored.plain_events(self._between)
        heads = _Beside(stored.plain_heads(self._between))
        comments = _Beside(stored.plain_comments(self._between))
        written, begins = _Written(), _Begins(self._seen)
        stream: Any = None
        dash = last = written_at = ""
        seq = texts = 0
        wrong = False
        for (
            of, number, at, kind, actor, role, edition, transition, source, target, previous, digest, body,
        ) in chain.from_iterable(events):  # fmt: skip
            if of != stream:
                if seq and not self._passed(not wrong and heads.of((stream,)) == (seq, last), seq, texts):
                    yield stream
                stream, dash, last, seq, texts, wrong = of, dashed(of), "", 0, 0, False
                written_at = ""
            seq += 1
            if wrong:
                continue
            begin = begins[actor]
            if not body.startswith(begin):
                begin = begins.of(actor, body, (stream, seq))
            then = f'}},"at":"{at}","comment_digest":'.encode()
            end = (
                f',"edition":{written[edition]},"kind":"{kind}","previous":{written[previous]}'
                f',"role":{written[role]},"seq":{number},"source":{written[source]},"stream":"{dash}"'
                f',"target":{written[target]},"transition":{written[transition]}}}'
            ).encode()
            said = len(begin) + len(then)
            if (
                number != seq
                or previous != last
                or sha256(body).hexdigest() != digest
                or not body.endswith(end)
                or not body.startswith(then, len(begin))
                or not begin
                or at < written_at
            ):
                wrong = True
                continue
            last, written_at = digest, at
            if comments.stream == stream or not body.startswith(NULL, said):
                comment = comments.of((stream, seq))
                wrong = not _fits(comment, body[said : said + HASH + 1])
                texts += comment is not None
        if seq and not self._passed(not wrong and heads.of((stream,)) == (seq, last), seq, texts):
            yield stream

    def mentions(self) -> Mentions:
        """The names that the events mention which were passed."""
        found: Mentions = {}
        for who, (stream, seq) in self._seen.items():
            person, _, digest = who.decode().partition(',"name_digest":')
            if digest != "null":
                found[person.strip('"'), digest.strip('"')] = (str(stream).encode(), seq)
        return found

    def _passed(self, passes: bool, events: int, texts: int) -> bool:
        """Count a stream that passes; give back whether it does."""
        if passes:
            self.tally.streams += 1
            self.tally.events += events
            self.tally.texts += texts
        return passes


def _fits(comment: tuple[Any, ...] | None, said: bytes) -> bool:
    """Whether the comment beside an event (salt, text) is the one of the digest that it goes on with, or neither
    is there. An erased comment has nothing to compare."""
    if comment is None:
        return said.startswith(NULL)
    salt, text = comment
    return text is None or sha256(salt + text.encode()).hexdigest().encode() == said[1:]


class _Beside:
    """Rows that begin with a stream, read along with something in the same order. `stream` is that of the row that
    comes next, None before the first is read and after the last."""

    def __init__(self, batches: Iterator[list[tuple[Any, ...]]]) -> None:
        self._rows = chain.from_iterable(batches)
        self._next: tuple[Any, ...] | None = ()  # before every key: nothing is read before somebody asks
        self.stream: Any = None

    def of(self, key: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """What stands under `key` behind it, if anything does."""
        size = len(key)
        while self._next is not None and self._next[:size] < key:
            self._next = next(self._rows, None)
            self.stream = self._next[0] if self._next else None
        if self._next is None or self._next[:size] != key:
            return None
        return self._next[size:]


class _Written(dict[str, str]):
    """How what a column says stands in an event: {"": "null", "panel": '"panel"'}."""

    def __missing__(self, value: str) -> str:
        written = f'"{value}"' if value else "null"
        if len(value) < HASH:  # codes are few, hashes are not
            self[value] = written
        return written


class _Begins(dict[Any, bytes]):
    """How events of somebody begin, the digest of the name that they bore last included."""

    def __init__(self, seen: dict[bytes, tuple[Any, int]]) -> None:
        super().__init__()
        self._seen = seen

    def __missing__(self, actor: Any) -> bytes:
        return b"-"  # no event begins so

    def of(self, actor: Any, body: bytes, where: tuple[Any, int]) -> bytes:
        """How this event begins; b"" when it is not one of `actor`."""
        person = "null" if actor is None else f'"{dashed(actor)}"'
        start = f'{{"actor":{{"id":{person},"name_digest":'.encode()
        if not body.startswith(start):
            return b""
        size = 4 if body.startswith(NULL, len(start)) else HASH + 2
        self[actor] = begin = body[: len(start) + size]
        self._seen.setdefault(begin[NAME_AT:], where)
        return begin
