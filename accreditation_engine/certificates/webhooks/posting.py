"""Sending a request to somebody else's address, and to nothing inside the network of the site.

A name is looked up once, and the connection goes to an address that was looked at: a name that answers otherwise a
moment later leads nowhere else. Redirections are not followed, and the whole of it has a time: an answer that
drips holds up nobody.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Event, Timer
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10  # seconds, for each step of it
ALTOGETHER = 10  # seconds for the answer once there is a connection
READ = 4096  # bytes of an answer; what stands in it is nobody's concern
NOT_PUBLIC = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",  # of protocols, and where one cloud keeps its metadata
            "192.88.99.0/24",  # relays of 6to4
            "168.63.129.16/32",  # where another cloud keeps them, though the address is public
            "64:ff9b::/96",  # IPv4 through NAT64
            "64:ff9b:1::/48",
            "3fff::/20",  # documentation
            "5f00::/16",
            "fec0::/10",  # sites, of old
        ),
    )
)
"""What Python's own tables, of one release or another, take for public."""


class NotPosted(Exception):  # noqa: N818 - said of a request
    """There was no answer. `code` says why: "not_https", "unknown_name", "private_address", "unreachable",
    "too_slow"."""

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
    over = Event()
    try:
        connection.sock = _socket(address, port, host if parts.scheme == "https" else "")
        with _cut_off(connection.sock, over):
            connection.request(
                "POST", target, body=body, headers={"Content-Type": "application/json", **headers}
            )
            response = connection.getresponse()
            if over.is_set():  # headers that end because they were cut off look like all there are
                raise TimeoutError
            with suppress(OSError, HTTPException):
                response.read(READ)
            return response.status
    except TimeoutError as error:
        raise NotPosted("too_slow") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotPosted("too_slow" if over.is_set() else "unreachable") from error
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
    if isinstance(found, IPv6Address) and not all(is_public(str(each)) for each in _inside(found)):
        return False
    if any(found in network for network in NOT_PUBLIC):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _inside(address: IPv6Address) -> list[IPv4Address]:
    """The addresses of IPv4 that it leads to."""
    return [each for each in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())) if each]


@contextmanager
def _cut_off(connection: socket.socket, over: Event) -> Iterator[None]:
    """Inside the block, the connection ends when its time is `over`, however it is kept busy."""
    timer = Timer(ALTOGETHER, _end, [connection, over])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(connection: socket.socket, over: Event) -> None:
    over.set()
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


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
