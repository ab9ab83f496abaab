"""What the virus scanner says decides; and where it says nothing, nothing is kept."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accreditation_engine.uploads.checking import bad_upload
from tests.support.papers import pdf

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


def whole(client: socket.socket) -> bytes:
    """What was streamed, as the daemon reads it."""
    stream = client.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    content = b""
    while length := struct.unpack("!L", stream.read(4))[0]:
        content += stream.read(length)
    return content


def honest(client: socket.socket) -> None:
    found = b"Eicar-Test-Signature FOUND" if EICAR in whole(client) else b"OK"
    client.sendall(b"stream: " + found + b"\0")


def says(answer: bytes) -> Callable[[socket.socket], None]:
    def say(client: socket.socket) -> None:
        whole(client)
        client.sendall(answer)

    return say


@contextmanager
def daemon(server: socket.socket, act: Callable[[socket.socket], None]) -> Iterator[None]:
    """Speaks the protocol of clamd on `server`, one file after another."""
    server.settimeout(10)

    def serve() -> None:
        while True:
            try:
                client, _address = server.accept()
            except OSError:
                return
            with client:
                act(client)

    server.listen()
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


def refused(content: bytes) -> list[str]:
    return [each.code for each in bad_upload(SimpleUploadedFile("policy.pdf", content))]


def test_a_file_is_taken_when_the_scanner_says_that_it_is_clean(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    settings.CLAMAV = f"unix://{path}"
    with daemon(server, honest):
        assert refused(pdf(b"x" * 200_000)) == []
        assert refused(pdf(EICAR)) == ["file_infected"]
        assert "Eicar-Test-Signature" in str(bad_upload(SimpleUploadedFile("policy.pdf", pdf(EICAR)))[0])


@pytest.mark.parametrize(
    "act",
    [
        says(b"INSTREAM size limit exceeded. ERROR\0"),
        says(b"stream: Can't allocate memory ERROR\0"),
        says(b"stream: OK or so\0"),
        says(b""),
        lambda client: client.close(),
    ],
    ids=["too large for it", "in trouble", "unclear", "silent", "gone"],
)
def test_a_file_is_refused_when_the_scanner_says_anything_else(
    settings: Settings, act: Callable[[socket.socket], None]
) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMAV = f"tcp://127.0.0.1:{server.getsockname()[1]}"
    with daemon(server, act):
        assert refused(pdf(b"x" * 200_000)) == ["scanner_silent"]


@pytest.mark.parametrize("address", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:1", "clamd"])
def test_a_file_is_refused_when_the_scanner_is_not_reached(settings: Settings, address: str) -> None:
    settings.CLAMAV = address
    assert refused(pdf()) == ["scanner_silent"]
