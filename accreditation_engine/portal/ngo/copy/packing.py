"""Packing a copy while it is sent: one piece after the other, so that no more than one piece lies in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

PIECE = 2**16
Content = Iterable[bytes]


@dataclass(frozen=True)
class Packed:
    """`path` in the copy, when it was made, and what is in it. `packed`: to pack it would gain nothing."""

    path: str
    content: Content
    at: datetime
    packed: bool = False


class _Sent(io.RawIOBase):
    """A file that is only written: what was written is taken away again and again."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def packed(entries: Iterable[Packed]) -> Iterator[bytes]:
    """The bytes of a zip of `entries`, in their order."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w") as copy:
        for each in entries:
            with copy.open(_named(each), "w", force_zip64=True) as place:
                for piece in each.content:
                    place.write(piece)
                    yield sent.taken()
            yield sent.taken()
    yield sent.taken()


def _named(entry: Packed) -> zipfile.ZipInfo:
    named = zipfile.ZipInfo(entry.path, timezone.localtime(entry.at).timetuple()[:6])
    named.compress_type = zipfile.ZIP_STORED if entry.packed else zipfile.ZIP_DEFLATED
    named.external_attr = 0o644 << 16
    return named
