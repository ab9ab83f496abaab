"""What a file is by its content, as libmagic sees it."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

LOOKED_AT = 8192  # bytes


def content_type(file: IO[bytes]) -> str:
    """The media type of what begins at the beginning of `file`."""
    file.seek(0)
    return type_of(file.read(LOOKED_AT))


def type_of(beginning: bytes) -> str:
    return str(_magic().from_buffer(beginning))


@lru_cache(maxsize=1)
def _magic() -> Any:
    """libmagic from the wheel, so that a bare machine needs no package of its own. Importing the wheel would
    change how every library of this process is loaded, so only its files are used: whoever asks for libmagic.so.1
    later is given what is loaded already."""
    spec = find_spec("pylibmagic")
    assert spec is not None  # noqa: S101 - requirements/run.in names it
    folder = Path(next(iter(spec.submodule_search_locations or [])))
    ctypes.CDLL(str(folder / "libmagic.so.1"), mode=ctypes.RTLD_GLOBAL)
    import magic

    return magic.Magic(mime=True, magic_file=str(folder / "magic.mgc"))
