"""Pictures without what tells of whoever took them: the place, the moment, the device, the words beside.

A picture is drawn anew from its pixels, upright, and nothing else of the file goes along. So what is kept is not
what was sent; where that matters (evidence of an organisation, docs/decisions/037) nothing comes through here.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from .kinds import ending_of
from .names import clean_name
from .pictures import FORMATS

QUALITY = 92
HOW: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": QUALITY},
    "WEBP": {"quality": QUALITY},
    "PNG": {"optimize": False},
}


def without_traces(upload: UploadedFile) -> UploadedFile:
    """The same picture drawn anew; every other file as it is. `upload` was looked into, and is what its name
    says."""
    name = clean_name(upload.name or "")
    kind = FORMATS.get(ending_of(name))
    if kind is None:
        return upload
    file = cast("IO[bytes]", upload.file)
    file.seek(0)
    with Image.open(file, formats=[kind]) as picture:
        drawn = _pixels(picture, kind)
    kept = BytesIO()
    drawn.save(kept, format=kind, **HOW[kind])
    size = kept.tell()
    kept.seek(0)
    return UploadedFile(kept, name, upload.content_type, size)


def _pixels(picture: Image.Image, kind: str) -> Image.Image:
    """A picture of these pixels alone: what an image carries beside (profiles, comments) hangs on the old one."""
    upright = ImageOps.exif_transpose(picture) or picture
    seen_through = "A" in upright.getbands() or "transparency" in upright.info
    mode = "RGBA" if seen_through and kind != "JPEG" else "L" if upright.mode in ("1", "L") else "RGB"
    converted = upright.convert(mode)
    fresh = Image.new(mode, converted.size)
    fresh.paste(converted)
    return fresh
