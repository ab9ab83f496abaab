"""Asking ClamAV's daemon about a file, over its socket, in its own protocol (INSTREAM, see clamd(8))."""

from __future__ import annotations

import re
import socket
import struct
from contextlib import suppress
from typing import IO
from urllib.parse import urlsplit

PATIENCE = 60  # seconds without a word from the daemon
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
_ANSWER = re.compile(r"stream: (?:(?P<clean>OK)|(?P<virus>.+) FOUND)\0?\s*")


class NoAnswer(Exception):  # noqa: N818 - what it is
    """The daemon was not reached, or said neither yes nor no."""


def virus_in(file: IO[bytes], address: str) -> str:
    """The name of what was found in `file`, "" where it is clean. `address` is unix:///path/to/socket or
    tcp://host:port. Raises NoAnswer for anything but a clear answer."""
    file.seek(0)
    try:
        with _connected(address) as daemon:
            answer = _asked(daemon, file)
    except (OSError, ValueError) as against:
        raise NoAnswer(str(against)) from against
    found = _ANSWER.fullmatch(answer)
    if found is None:
        raise NoAnswer(answer)
    return found["virus"] or ""


def _connected(address: str) -> socket.socket:
    where = urlsplit(address)
    if where.scheme == "unix":
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            daemon.settimeout(PATIENCE)
            daemon.connect(where.path)
        except BaseException:
            daemon.close()
            raise
        return daemon
    if where.scheme == "tcp" and where.hostname:
        return socket.create_connection((where.hostname, where.port or 3310), PATIENCE)
    raise ValueError(f"CLAMAV is {address!r}; it is unix:///path or tcp://host:port")


def _asked(daemon: socket.socket, file: IO[bytes]) -> str:
    with suppress(BrokenPipeError, ConnectionResetError):  # it has had enough, and says why
        daemon.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            daemon.sendall(struct.pack("!L", len(chunk)) + chunk)
        daemon.sendall(struct.pack("!L", 0))
    answer = b""
    while len(answer) < LONGEST_ANSWER and not answer.endswith(b"\0") and (more := daemon.recv(1024)):
        answer += more
    return answer.decode("utf-8", errors="replace")
