"""Files that are a zip of parts, which may be a bomb, or more than one thing to more than one reader."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO

MOST_PARTS = 10_000
MOST_UNPACKED = 300 * 2**20
"""Bytes of all parts together, also of files of the kind inside this one."""

SUSPICIOUS_FROM, MOST_TIMES = 20 * 2**20, 200
"""What unpacks into more than this may not have been packed so many times smaller."""

DIRECTORY_MOST = 4 * 2**20
CHUNK = 64 * 1024

PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xd0\xcf\x11\xe0")
"""How programs begin, and the older Office files, in which macros hide."""

Flaws = Callable[[zipfile.ZipFile], Iterator[str]]


@dataclass
class Budget:
    """How many parts and bytes are left, over all depths."""

    parts: int = MOST_PARTS
    bytes: int = MOST_UNPACKED


def zip_flaw(file: IO[bytes], budget: Budget, flaws: Flaws) -> str:
    """What is wrong with it as a zip, else the first of `flaws`, as the code of a reason; "" where nothing is."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":  # what stands before the parts is for another reader
        return "file_disguised"
    if not _directory_bearable(file):
        return "file_unpacks_too_large"
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return next(chain(_zip_flaws(archive.infolist(), budget), flaws(archive)), "")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return "file_broken"


def _directory_bearable(file: IO[bytes]) -> bool:
    """Whether the list of parts is of a size that may be read into memory. No such file needs the zip64 form."""
    end = file.seek(0, 2)
    file.seek(max(0, end - 2**16 - 42))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return True  # no zip at all, as will be found
    entries, size = struct.unpack("<HL", tail[at + 10 : at + 16])
    return size <= DIRECTORY_MOST and entries <= MOST_PARTS and tail[at - 20 : at - 16] != b"PK\x06\x07"


def _zip_flaws(parts: list[zipfile.ZipInfo], budget: Budget) -> Iterator[str]:
    unpacked = sum(each.file_size for each in parts)
    packed = sum(each.compress_size for each in parts)
    budget.parts -= len(parts)
    budget.bytes -= unpacked
    if budget.parts < 0 or budget.bytes < 0:
        yield "file_unpacks_too_large"
    if unpacked > SUSPICIOUS_FROM and unpacked > MOST_TIMES * max(packed, 1):
        yield "file_unpacks_too_large"
    if any(each.flag_bits & 1 for each in parts):
        yield "file_locked"
    if len({each.filename.lower() for each in parts}) < len(parts):
        yield "file_broken"  # of two parts of one name each reader takes the one it likes


def chunks_of(stream: IO[bytes]) -> Iterator[bytes]:
    """To its end: what was promised of its size holds only where the checksum at the end does."""
    while chunk := stream.read(CHUNK):
        yield chunk
