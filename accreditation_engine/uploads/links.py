"""Links as evidence: an address and what it is called, kept as the shortcut file that Windows and others open.

So a link is a file like all others: its digest, its event and its copy speak of the whole address, and who may see
it and take it back is asked nowhere else. What it leads to is never fetched, may change, and is on record nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.uploadedfile import UploadedFile

from accreditation_engine.engine.reasons import Reason, Refused

from .addresses import Address, read_address
from .names import clean_name

MEDIA_TYPE = "application/internet-shortcut"
ENDING = ".url"
BEGINNING, END = b"[InternetShortcut]\r\nURL=", b"\r\n"
LONGEST = 4096  # bytes
LONGEST_TITLE = 100
BETWEEN = " — "
"""Stands in the name of the file between what the link is called and its host."""


@dataclass(frozen=True)
class Link:
    """`host` as people read it."""

    title: str
    host: str
    address: str = ""


def link_file(*, address: str, title: str) -> UploadedFile:
    """The file in which the link is kept, to be filed as any other. Raises Refused with all that is wrong."""
    reasons: list[Reason] = []
    found = Address("", "")
    try:
        found = read_address(address)
    except Refused as refused:
        reasons += refused.reasons
    called = " ".join(title.replace("/", "-").replace("\\", "-").split())
    if not called or len(called) > LONGEST_TITLE:
        reasons.append(Reason("link_untitled", {"most": LONGEST_TITLE}))
    if reasons:
        raise Refused(reasons)
    content = BEGINNING + found.whole.encode() + END
    return UploadedFile(BytesIO(content), _name(called, found), MEDIA_TYPE, len(content))


def _name(title: str, found: Address) -> str:
    return clean_name(f"{title}{BETWEEN}{found.host}{ENDING}")


def flaw(file: IO[bytes], name: str) -> str:
    """What is wrong with a file that says it is a link, as the code of a reason: it is not written as ours are,
    or is not called by the host it leads to. "" where nothing is."""
    try:
        found = _read(file)
    except Refused:
        return "file_disguised"
    return "" if found and name.endswith(f"{BETWEEN}{found.host}{ENDING}") else "file_disguised"


def _read(file: IO[bytes]) -> Address | None:
    """None for what is no such file. Raises Refused for an address that is not taken."""
    file.seek(0)
    content = file.read(LONGEST + 1)
    if len(content) > LONGEST or not (content.startswith(BEGINNING) and content.endswith(END)):
        return None
    written = content[len(BEGINNING) : -len(END)].decode("ascii", errors="replace")
    found = read_address(written)
    return found if found.whole == written else None


def link_in(file: IO[bytes], name: str) -> Link | None:
    """What stands in a link that was filed; None where it cannot be read."""
    try:
        found = _read(file)
    except Refused:
        return None
    return Link(called(name).title, found.host, found.whole) if found else None


def called(name: str) -> Link:
    """What the name of such a file says, without its address."""
    title, _between, host = name.removesuffix(ENDING).rpartition(BETWEEN)
    return Link(title or name, host)
