"""A site in a process of its own, served as it is served to people: by granian, at a port that was free."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def at(port: int, address: str) -> str:
    return f"http://127.0.0.1:{port}{address}"


@contextmanager
def served(python: str, application: str, port: int, environment: Mapping[str, str]) -> Iterator[int]:
    """The process that serves `application` there with a Python that has granian, until the end of the block."""
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "2"]
    command = [python, "-m", "granian", *options, "--log-level", "warning", application]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(port: int, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(at(port, "/"), timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nothing answers at port {port}")
