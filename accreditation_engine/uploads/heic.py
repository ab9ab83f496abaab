"""Photographs as telephones keep them (HEIF, ISO/IEC 23008-12). They are not decoded here: what is looked at is
the row of boxes that the file is made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
NEEDED = {b"ftyp", b"meta", b"mdat"}
ALLOWED = NEEDED | {b"free", b"skip", b"uuid", b"idat", b"moov"}
MOST_BOXES = 1000


def flaw(file: IO[bytes], _ending: str) -> str:
    """What is wrong with the photograph, as the code of a reason; "" where nothing is."""
    boxes = list(_boxes(file))
    if any(name not in ALLOWED for name, _brand in boxes) or not {name for name, _brand in boxes} >= NEEDED:
        return "file_broken"
    first, brand = boxes[0]
    return "" if first == b"ftyp" and brand in BRANDS else "file_disguised"


def _boxes(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The name of each box and the four bytes after its head; one without a name where they do not fill the file
    to its last byte."""
    end, at = file.seek(0, 2), 0
    for _number in range(MOST_BOXES):
        if at == end:
            return
        file.seek(at)
        head = file.read(16)
        size, name = struct.unpack(">L4s", head[:8]) if len(head) >= 8 else (8, b"")
        if size == 1 and len(head) == 16:
            (size,) = struct.unpack(">Q", head[8:])
        size = size or end - at  # 0: to the end
        yield name, head[8:12]
        if size < 8 or at + size > end:
            break
        at += size
    yield b"", b""
