"""Sending a request to somebody else's address, and to nothing inside the network of the site.

A name is looked up once, and the connection goes to an address that was looked at: a name that answers otherwise a
moment later leads nowhere else. Redirections are not followed.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10  # seconds, for each step of it
READ = 4096  # bytes of an answer; what stands in it is nobody's concern


class NotPosted(Exception):  # noqa: N818 - said of a request
    """There was no answer. `code` says why: "not_https", "unknown_name", "private_address", "unreachable"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status that the other side answers. Raises NotPosted."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not settings.WEBHOOKS_ANYWHERE:
        raise NotPosted("not_https")
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    address = public_address(host, port)
    connection = _connection(parts.scheme, host, port)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.sock = _socket(address, port, host if parts.scheme == "https" else "")
        connection.request("POST", target, body=body, headers={"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        response.read(READ)
        return response.status
    except (OSError, HTTPException, ValueError) as error:
        raise NotPosted("unreachable") from error
    finally:
        connection.close()


def public_address(host: str, port: int) -> str:
    """An address of `host` in the public network. Raises NotPosted where it has none, or one that is not: who
    gives a name both may mean either."""
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NotPosted("unknown_name") from error
    if not settings.WEBHOOKS_ANYWHERE and not all(is_public(str(each)) for each in found):
        raise NotPosted("private_address")
    return str(min(found, key=lambda each: (":" in str(each), str(each))))


def is_public(address: str) -> bool:
    """Whether it is one of the public network, and of one machine there."""
    found = ip_address(address.partition("%")[0])
    inside = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    if inside is not None and not is_public(str(inside)):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _connection(scheme: str, host: str, port: int) -> HTTPConnection:
    made = HTTPSConnection if scheme == "https" else HTTPConnection
    return made(host, port, timeout=TIMEOUT)


def _socket(address: str, port: int, name: str) -> socket.socket:
    """A connection to `address`; over TLS where the other side must prove that it bears `name`."""
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    if not name:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=name)
    except BaseException:
        plain.close()
        raise
