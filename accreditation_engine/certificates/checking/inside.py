"""What is inside a PDF that a stranger brings: its signature, judged, and what is attached to it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

if TYPE_CHECKING:  # what reads PDFs takes half a second to load, which only the other process needs
    from accreditation_engine.certificates.signing.judging import Verdict

LOOKER = Path(__file__).with_name("look_inside.py")
SECONDS = 25
AT_ONCE = 2
"""So many at a time in one process of the site: each takes a processor for a second."""
WAITING, PATIENCE = 1, 20
"""So many more wait, and so many seconds: each holds one of the threads, of which a process may have four, and the
register shall answer meanwhile."""
room = threading.BoundedSemaphore(AT_ONCE + WAITING)
_turn = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):  # noqa: N818 - said of the site
    """Too many files are being looked into at the moment."""


@dataclass(frozen=True)
class Inside:
    """`signed_at` and `signer` are what the file says; where the verdict is "holds", they are true. `attached` are
    contents of files attached, cut off after a megabyte, and empty beyond the fifth."""

    verdict: Verdict
    signed_at: datetime | None = None
    signer: str = ""
    locked: bool = False
    attached: tuple[bytes, ...] = ()


def look_inside(paper: bytes, roots: Iterable[x509.Certificate]) -> Inside:
    """What `paper` shows to whoever trusts `roots`; unreadable where it breaks its reader. Raises Busy."""
    trusted = [each.public_bytes(Encoding.PEM).decode() for each in roots]
    if not room.acquire(blocking=False):
        raise Busy
    try:
        if not _turn.acquire(timeout=PATIENCE):
            raise Busy
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-I", str(LOOKER)],
                input=json.dumps(trusted).encode() + b"\n" + paper,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired:
            return Inside("unreadable")
        finally:
            _turn.release()
    finally:
        room.release()
    return _read(done.stdout) if done.returncode == 0 else Inside("unreadable")


def _read(answer: bytes) -> Inside:
    found = json.loads(answer)
    return Inside(
        found["verdict"],
        datetime.fromisoformat(found["signed_at"]) if found["signed_at"] else None,
        found["signer"],
        found["locked"],
        tuple(b64decode(each) for each in found["attached"]),
    )
