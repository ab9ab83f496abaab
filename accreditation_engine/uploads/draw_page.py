"""Draws one page of a PDF, or a picture, as WebP: a process of its own, because what it reads is a stranger's.

    python draw_page.py MEDIA_TYPE PAGE < file > picture

It imports nothing of ours, and ends when it has drawn, or takes more memory or time than a page may.
"""

from __future__ import annotations

import os
import resource
import sys

WIDEST, HIGHEST = 1400, 2000  # pixels
MEMORY = 2 * 2**30  # bytes of address space, most of which is never touched
SECONDS = 15


def main() -> None:
    media_type, page = sys.argv[1], int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.lseek(0, 0, os.SEEK_SET)
    drawn = _page(page) if media_type == "application/pdf" else _picture()
    drawn.convert("RGB").save(sys.stdout.buffer, "WEBP", quality=82)


def _page(page):  # type: ignore[no-untyped-def] # both libraries are imported where they are needed
    import pypdfium2

    sheet = pypdfium2.PdfDocument(sys.stdin.buffer)[page - 1]
    width, height = sheet.get_size()
    scale = min(WIDEST / max(width, 1), HIGHEST / max(height, 1), 4)
    return sheet.render(scale=scale).to_pil()


def _picture():  # type: ignore[no-untyped-def]
    from PIL import Image, ImageOps

    picture = Image.open(sys.stdin.buffer, formats=["PNG", "JPEG", "WEBP"])
    picture.draft("RGB", (WIDEST, HIGHEST))  # of a large photograph no more is decoded than is shown
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((WIDEST, HIGHEST))
    if upright.mode in ("RGBA", "LA", "PA", "P"):
        clear = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    return upright


if __name__ == "__main__":
    main()
