"""A request goes into the public network and nowhere else, whatever a name says, and holds nobody up."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest

from accreditation_engine.certificates.webhooks import posting
from accreditation_engine.certificates.webhooks.endpoints import unlike_address
from accreditation_engine.certificates.webhooks.posting import NotPosted, is_public, post

from .other_site import NOWHERE

INSIDE = [
    "0.0.0.0",  # noqa: S104 - nothing listens here
    "10.0.0.7",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:10.0.0.1",
    "::ffff:0:7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::1",
    "100::1",
    "2001:0:1::1",
    "2001:db8::1",
    "2002:a00:1::",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_of_private_networks_and_of_clouds_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "192.0.1.1", "2606:4700::1111", "2002:808:808::"])
def test_addresses_of_the_public_network_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(("url", "code"), NOWHERE)
def test_addresses_that_lead_elsewhere_than_into_the_public_network_are_refused(url: str, code: str) -> None:
    assert [each.code for each in unlike_address(url)] == [code]


def test_name_that_leads_inside_later_is_not_followed(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The first answer is good for the address that is added; the second comes when it is told."""
    answers = iter(["93.184.215.14", "169.254.169.254"])
    looked_up = socket.getaddrinfo
    reached: list[Any] = []

    def rebound(host: str, *args: Any, **more: Any) -> Any:
        return looked_up(next(answers) if host == "rebound.example" else host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    monkeypatch.setattr(socket, "create_connection", lambda *args, **more: reached.append(args))
    assert unlike_address("https://rebound.example/hook") == []
    with pytest.raises(NotPosted, match="private_address"):
        post("https://rebound.example/hook", b"{}", {})
    assert reached == []


def test_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking the name up once more would lead elsewhere."""
    answers = iter(["93.184.215.14", "127.0.0.1"])
    looked_up, reached = socket.getaddrinfo, list[Any]()

    def rebound(host: str, *args: Any, **more: Any) -> Any:
        return looked_up(next(answers) if host == "rebound.example" else host, *args, **more)

    def connect(address: Any, **more: Any) -> Any:
        reached.append(address)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotPosted, match="unreachable"):
        post("https://rebound.example/hook", b"{}", {})
    assert reached == [("93.184.215.14", 443)]


def test_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: str, port: int, **more: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(NotPosted, match="private_address"):
        post("https://both.example/", b"{}", {})


@pytest.mark.parametrize("begins", [b"", b"HTTP/1.1 200 OK\r\n"])
def test_answer_that_drips_is_cut_off_and_has_not_come(
    monkeypatch: pytest.MonkeyPatch, settings: Any, begins: bytes
) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    monkeypatch.setattr(posting, "ALTOGETHER", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _address = server.accept()
            with connection:
                try:
                    connection.sendall(begins)
                    for _time in range(100):
                        connection.sendall(b"H: i\r\n" if begins else b"H")
                        time.sleep(0.1)
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        with pytest.raises(NotPosted, match="too_slow"):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
        assert time.monotonic() - began < 5
        thread.join()
