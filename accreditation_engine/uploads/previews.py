"""What a file looks like: a picture of it, so that nobody's browser opens what somebody sent."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path
from typing import IO

PREVIEWED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
"""Media types of which there is a preview."""

MEDIA_TYPE = "image/webp"
"""Of the preview."""

SECONDS = 20
DRAWER = Path(__file__).with_name("draw_page.py")

KEPT = 32
_drawn: OrderedDict[tuple[str, int], bytes] = OrderedDict()
_lock = threading.Lock()


def drawn(content: IO[bytes], *, sha256: str, media_type: str, page: int = 1) -> bytes | None:
    """A page of what lies in `content` as a picture of MEDIA_TYPE; None where it cannot be drawn. The last few
    are remembered by `sha256`, for readers turn pages back."""
    key = (sha256, page)
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
            return _drawn[key]
    picture = _draw(content, media_type, page)
    if picture is not None:
        with _lock:
            _drawn[key] = picture
            while len(_drawn) > KEPT:
                _drawn.popitem(last=False)
    return picture


def _draw(content: IO[bytes], media_type: str, page: int) -> bytes | None:
    """Its own process: what a library does with a file that was made to harm ends there."""
    content.seek(0)
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(content, copy)
        copy.flush()
        command = [sys.executable, "-I", str(DRAWER), media_type, str(page)]
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                command, stdin=copy, capture_output=True, timeout=SECONDS, check=False, env={}
            )
        except subprocess.TimeoutExpired:
            return None
    return done.stdout if done.returncode == 0 and done.stdout else None
