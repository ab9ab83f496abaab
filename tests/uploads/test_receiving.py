"""Files while they arrive: what is too much is not kept, and the rest of the form is."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from pytest_django import Settings

from accreditation_engine.uploads import receiving
from accreditation_engine.uploads.checking import bad_upload

BOUNDARY = "xXx"


class Line(io.RawIOBase):
    """What comes over the line, made as it is read."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self.parts, self.rest = iter(parts), b""

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (more := next(self.parts, b"")):
            self.rest += more
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


def form(files: Iterable[tuple[str, int]]) -> Iterator[bytes]:
    """Files of so many bytes, and after them a text."""
    for name, size in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        yield head.encode()
        for at in range(0, size, 2**20):
            yield b"%PDF-1.7".ljust(min(2**20, size - at))
        yield b"\r\n"
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="text"\r\n\r\ntyped\r\n--{BOUNDARY}--'.encode()


@contextmanager
def sent(*files: tuple[str, int]) -> Iterator[WSGIRequest]:
    request: WSGIRequest = RequestFactory().post(
        "/", content_type=f"multipart/form-data; boundary={BOUNDARY}"
    )
    request.META["CONTENT_LENGTH"] = str(sum(size for _name, size in files) + 300 * len(files))
    request._stream = Line(form(files))  # type: ignore[attr-defined] # as a server hands it over
    request._read_started = False  # type: ignore[attr-defined]
    assert request.POST["text"] == "typed"
    yield request
    request.close()


def codes(request: WSGIRequest) -> list[str]:
    return [each.code for upload in request.FILES.getlist("files") for each in bad_upload(upload)]


def test_of_two_hundred_megabytes_nothing_is_kept_in_memory_or_on_disk() -> None:
    tracemalloc.start()
    try:
        with sent(("film.pdf", 200 * 2**20)) as request:
            _now, most = tracemalloc.get_traced_memory()
            (upload,) = request.FILES.getlist("files")
            assert upload.size == 200 * 2**20
            assert upload.read() == b""
            assert codes(request) == ["file_too_large"]
            assert "25" in str(bad_upload(upload)[0])
    finally:
        tracemalloc.stop()
    assert most < 4 * 2**20


def test_only_so_many_files_are_taken_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_FILES", 2)
    with sent(("a.pdf", 100), ("b.pdf", 100), ("c.pdf", 100)) as request:
        assert [each.size for each in request.FILES.getlist("files")] == [100] * 3
        assert codes(request)[2] == "files_too_many"


def test_only_so_many_bytes_are_taken_at_once(settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 250
    with sent(("a.pdf", 200), ("b.pdf", 200), ("empty.pdf", 0), ("c.pdf", 50)) as request:
        assert codes(request) == ["file_broken", "files_too_many", "file_empty", "file_broken"]


def test_a_small_file_comes_whole_to_those_who_read_it() -> None:
    for size in (1000, 3_000_000):
        with sent(("a.pdf", size)) as request:
            (upload,) = request.FILES.getlist("files")
            assert len(upload.read()) == size
