"""Pictures: decoded once, to know that they can be."""

from __future__ import annotations

import warnings
from typing import IO

from PIL import Image

MOST_PIXELS = 60_000_000
"""Of width times height. Decoded, that is at most 240 MB."""

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}

# Pillow warns of pictures that are far too large before we could ask for their size.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
_BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)


def flaw(file: IO[bytes], ending: str) -> str:
    """What is wrong with the picture, as the code of a reason; "" where nothing is."""
    file.seek(0)
    try:
        with Image.open(file, formats=[FORMATS[ending]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return "file_too_many_pixels"
            picture.load()
    except _BOMBS:
        return "file_too_many_pixels"
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, MemoryError):
        return "file_broken"
    return ""
