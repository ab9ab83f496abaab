"""Files while they arrive: of one that is too large nothing is kept, and what else the form holds is not lost."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_FILES = 50
"""Of one request."""

IN_MEMORY = 256 * 2**10
"""Bytes of one file, before it goes to disk."""


class Unread(UploadedFile):
    """A file of which nothing was kept while it arrived. `because` is "file_too_large" or "files_too_many"."""

    def __init__(self, name: str, size: int, because: str) -> None:
        super().__init__(ContentFile(b""), name, "application/octet-stream", size)
        self.because = because


class Bounded(FileUploadHandler):
    """Takes every file: a small one into memory, a larger one to disk, and of what is beyond what one file or one
    request may hold, nothing: that file is said to be Unread."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.files = 0
        self.bytes = 0
        self.size = 0
        self.because = ""
        self.kept: IO[bytes] | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        self.size = 0
        self.because = "files_too_many" if self.files > MOST_FILES else ""
        # It is closed with the request, when it comes into request.FILES.
        self.kept = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > settings.EVIDENCE_MAX_BYTES:
            self.because = self.because or "file_too_large"
        if not self.because and self.bytes + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            self.because = "files_too_many"
        if self.because:
            self._drop()
        elif self.kept is not None:
            self.bytes += len(raw_data)
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        name = str(self.file_name)
        if self.because or self.kept is None:
            self._drop()
            return Unread(name, self.size, self.because)
        self.kept.seek(0)
        kept, self.kept = self.kept, None
        return UploadedFile(kept, name, self.content_type, self.size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        self._drop()

    def _drop(self) -> None:
        if self.kept is not None:
            self.kept.close()
            self.kept = None
