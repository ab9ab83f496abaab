"""What somebody filed, given out: to be saved as it is, or looked at as the picture of a page."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import IO, Any, TypeVar

from django.http import FileResponse, Http404, HttpResponse

from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.uploads.kept import KeptFile
from accreditation_engine.uploads.pdf import pages_of
from accreditation_engine.uploads.previews import MEDIA_TYPE, drawn

Filed = TypeVar("Filed", Evidence, KeptFile)

SEALED = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
"""Whatever a browser makes of a stranger's file, it does nothing on this site."""


def to_be_saved(content: IO[Any], *, name: str, media_type: str) -> FileResponse:
    """Never to be opened inside the site."""
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type, headers=SEALED)


def pages_in(content: IO[Any], media_type: str) -> int:
    """How many can be looked at."""
    return pages_of(content) if media_type == "application/pdf" else 1


def page_drawn(filed: Filed, page: int, *, opened: Callable[[Filed], IO[Any]]) -> HttpResponse:
    """The picture of a page; why there is none where the file is not the one that was filed. Raises Http404 where
    there is no such page."""
    try:
        with opened(filed) as content:
            picture = _picture(content, filed, page)
    except Refused as refused:
        return HttpResponse(str(refused), status=HTTPStatus.CONFLICT, headers=SEALED)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type=MEDIA_TYPE, headers=SEALED)


def _picture(content: IO[Any], filed: Evidence | KeptFile, page: int) -> bytes | None:
    return drawn(content, sha256=filed.sha256, media_type=filed.media_type, page=page) if page > 0 else None
