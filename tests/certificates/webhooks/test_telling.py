"""Other sites are told of certificates: once, signed, until it arrives, and never inside the own network."""

from __future__ import annotations

import hmac
import json
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Delivery, Endpoint
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint, end_endpoint, send_again
from accreditation_engine.certificates.webhooks.posting import NotPosted, is_public, post
from accreditation_engine.certificates.webhooks.signing import secret_of
from accreditation_engine.certificates.webhooks.telling import AFTER, tell_webhooks
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.support.small import reviewed, small_scheme
from tests.support.world import World


class Site:
    """Another site, which answers `status`."""

    def __init__(self) -> None:
        self.status, self.came = 204, list[tuple[dict[str, str], bytes]]()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                site.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
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


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.WEBHOOKS_ANYWHERE = True
    with Site() as found:
        yield found


@pytest.fixture
def administrator(world: World) -> User:
    return world.person("administrator")


@pytest.fixture
def endpoint(site: Site, administrator: User) -> Endpoint:
    return add_endpoint(url=site.url, by=administrator)


@pytest.fixture
def certificate(world: World, endpoint: Endpoint) -> Certificate:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)


def refused(url: str, by: User) -> list[str]:
    with pytest.raises(Refused) as found:
        add_endpoint(url=url, by=by)
    assert all(each.code not in str(each) for each in found.value.reasons), "each is told in words"
    return [each.code for each in found.value.reasons]


def signature(endpoint: Endpoint, headers: dict[str, str], body: bytes) -> str:
    """As the other site computes it, from the secret that it was given."""
    key = b64decode(secret_of(endpoint.pk).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, "sha256")).decode()


def test_other_site_is_told_once_of_each_change_and_can_check_it(
    world: World, site: Site, endpoint: Endpoint, certificate: Certificate
) -> None:
    tell_webhooks()
    tell_webhooks()
    world.perform(certificate, "suspend")
    tell_webhooks()
    told = [json.loads(body) for _headers, body in site.came]
    assert [(each["type"], each["data"]["status"]) for each in told] == [
        ("certificate.issued", "active"),
        ("certificate.changed", "suspended"),
    ]
    assert told[0]["data"]["number"] == certificate.number
    assert len({headers["webhook-id"] for headers, _body in site.came}) == 2
    for headers, body in site.came:
        assert headers["webhook-signature"] == signature(endpoint, headers, body)
        assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_it_is_tried_again_until_it_arrives(site: Site, certificate: Certificate) -> None:
    site.status = 500
    tell_webhooks()
    tell_webhooks()
    assert len(site.came) == 1, "the next try has its time"
    site.status = 200
    with time_machine.travel(timezone.now() + AFTER[0], tick=False):
        tell_webhooks()
        tell_webhooks()
    assert len(site.came) == 2
    assert site.came[0][0]["webhook-id"] == site.came[1][0]["webhook-id"]
    assert Delivery.objects.get().delivered_at is not None


def test_it_is_given_up_after_three_days_and_can_be_sent_again(
    site: Site, certificate: Certificate, administrator: User
) -> None:
    site.status = 503
    now = timezone.now()
    for after in (timedelta(), *AFTER):
        now += after
        with time_machine.travel(now, tick=False):
            tell_webhooks()
    delivery = Delivery.objects.get()
    assert (delivery.next_at, delivery.delivered_at, delivery.status) == (None, None, 503)
    assert len(site.came) == len(AFTER) + 1
    site.status = 200
    send_again(delivery=delivery, by=administrator)
    tell_webhooks()
    assert Delivery.objects.get().delivered_at is not None


@pytest.mark.parametrize("status", [301, 410])
def test_redirections_are_not_followed_and_gone_is_the_end(
    site: Site, certificate: Certificate, status: int
) -> None:
    site.status = status
    tell_webhooks()
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.delivered_at) == (status, None)
    assert (delivery.next_at is None) is (status == 410)


def test_nothing_is_told_of_before_it_was_added_nor_after_it_was_ended(
    world: World, site: Site, administrator: User
) -> None:
    small_scheme(world)
    early = reviewed(world, ("4", "4", "4"))
    world.perform(early, "grant")
    endpoint = add_endpoint(url=site.url, by=administrator)
    tell_webhooks()
    world.perform(Certificate.objects.get(dossier=early), "withdraw")
    end_endpoint(endpoint=endpoint, by=administrator)
    end_endpoint(endpoint=endpoint, by=administrator)
    tell_webhooks()
    assert site.came == []
    kinds = Event.objects.filter(stream=endpoint.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["webhook_made", "webhook_ended"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
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
    ],
)
def test_addresses_that_lead_elsewhere_than_into_the_public_network_are_refused(
    administrator: User, url: str, code: str
) -> None:
    assert refused(url, administrator) == [code]


def test_whoever_does_not_administer_all_schemes_adds_nothing(world: World, site: Site) -> None:
    assert "not_administrator" in refused(site.url, world.person("coordinator"))


def test_an_address_is_added_once(site: Site, endpoint: Endpoint, administrator: User) -> None:
    assert refused(site.url, administrator) == ["webhook_known"]


def test_a_name_that_leads_inside_later_is_not_followed(settings: Any) -> None:
    settings.WEBHOOKS_ANYWHERE = False
    with pytest.raises(NotPosted, match="private_address"):
        post("https://localhost/", b"{}", {})
    assert is_public("8.8.8.8")
    assert not any(is_public(each) for each in ("100.64.0.1", "224.0.0.1", "fd00::1", "2002:a00:1::"))
