"""Another site, which is told."""

from __future__ import annotations

import hmac
import json
import threading
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

NOWHERE = [
    ("https://127.0.0.1/", "webhook_private_address"),
    ("https://localhost/", "webhook_private_address"),
    ("https://10.0.0.7/", "webhook_private_address"),
    ("https://169.254.169.254/latest/", "webhook_private_address"),
    ("https://[::1]/", "webhook_private_address"),
    ("https://[::ffff:10.0.0.1]/", "webhook_private_address"),
    ("http://example.org/", "webhook_not_https"),
    ("https://me:secret@example.org/", "webhook_not_https"),
    ("ftp://example.org/", "webhook_not_https"),
    ("https://", "webhook_not_https"),
    ("https://no-such-name.invalid/", "webhook_unknown_name"),
]
"""Addresses at which no other site is told, and the code of why."""


class Site:
    """Another site, which answers `status`, and not before `may_answer`."""

    def __init__(self) -> None:
        self.status, self.came = 204, list[tuple[dict[str, str], bytes]]()
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                site.asked.set()
                site.may_answer.wait(5)
                self.send_response(site.status)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?who=us"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> Site:
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.came]

    @property
    def types(self) -> list[str]:
        return [each["type"] for each in self.told]


def signed(secret: str, headers: dict[str, str], body: bytes) -> str:
    """As the other site computes it, from the secret that it was given."""
    key = b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, content, "sha256")).decode()
