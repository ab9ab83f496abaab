"""Other sites are told of certificates: once, signed, until it arrives, and never inside the own network."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate, Delivery, Endpoint
from accreditation_engine.certificates.scope import set_scopes
from accreditation_engine.certificates.webhooks import telling
from accreditation_engine.certificates.webhooks.endpoints import (
    add_endpoint,
    end_endpoint,
    send_again,
    send_span_again,
)
from accreditation_engine.certificates.webhooks.signing import secret_of
from accreditation_engine.certificates.webhooks.telling import AFTER, tell_webhooks
from accreditation_engine.certificates.webhooks.told.certificates import CERTIFICATES
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.certificates.ending import take
from tests.support.small import reviewed, small_scheme
from tests.support.world import World

from .other_site import NOWHERE, Site, signed


@pytest.fixture
def endpoint(site: Site, administrator: User) -> Endpoint:
    return add_endpoint(url=site.url, types=CERTIFICATES.types, by=administrator)


@pytest.fixture
def certificate(world: World, endpoint: Endpoint) -> Certificate:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)


def refused(url: str, by: User) -> list[str]:
    with pytest.raises(Refused) as found:
        add_endpoint(url=url, types=CERTIFICATES.types, by=by)
    assert all(each.code not in str(each) for each in found.value.reasons), "each is told in words"
    return [each.code for each in found.value.reasons]


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
        assert headers["webhook-signature"] == signed(secret_of(endpoint), headers, body)
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
    endpoint = add_endpoint(url=site.url, types=CERTIFICATES.types, by=administrator)
    tell_webhooks()
    take(world, Certificate.objects.get(dossier=early), "withdraw")
    end_endpoint(endpoint=endpoint, by=administrator)
    end_endpoint(endpoint=endpoint, by=administrator)
    tell_webhooks()
    assert site.came == []
    kinds = Event.objects.filter(stream=endpoint.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["webhook_made", "webhook_ended"]


@pytest.mark.parametrize(("url", "code"), NOWHERE)
def test_addresses_that_lead_elsewhere_than_into_the_public_network_are_refused(
    administrator: User, url: str, code: str
) -> None:
    assert refused(url, administrator) == [code]


def test_whoever_does_not_administer_all_schemes_adds_nothing(world: World, site: Site) -> None:
    assert "not_administrator" in refused(site.url, world.person("coordinator"))


def test_an_address_is_added_once(site: Site, endpoint: Endpoint, administrator: User) -> None:
    assert refused(site.url, administrator) == ["webhook_known"]


def test_each_move_is_told_in_its_order_though_the_certificate_has_moved_on(
    world: World, site: Site, certificate: Certificate
) -> None:
    world.perform(certificate, "suspend")
    world.perform(certificate, "appeal_suspension")
    tell_webhooks()
    assert [(each["type"], each["data"]["status"]) for each in site.told] == [
        ("certificate.issued", "active"),
        ("certificate.changed", "suspended"),
    ], "the appeal is nothing that the register tells"


def test_what_happened_later_waits_for_what_happened_before(
    world: World, site: Site, certificate: Certificate
) -> None:
    site.status = 500
    tell_webhooks()
    world.perform(certificate, "suspend")
    site.status = 200
    tell_webhooks()
    assert len(site.came) == 1, "what was issued has its time"
    with time_machine.travel(timezone.now() + AFTER[0], tick=False):
        tell_webhooks()
    assert site.types == ["certificate.issued", "certificate.issued", "certificate.changed"]


def test_address_that_does_not_answer_is_tried_once_in_a_run(
    world: World, site: Site, certificate: Certificate
) -> None:
    world.perform(reviewed(world, ("4", "4", "4")), "grant")
    site.status = 500
    tell_webhooks()
    assert len(site.came) == 1


def test_address_that_takes_its_time_holds_up_no_other_and_is_told_more_in_the_next_run(
    world: World, site: Site, certificate: Certificate, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "PROMPT", 0)
    world.perform(reviewed(world, ("4", "4", "4")), "grant")
    with Site() as prompt:
        other = add_endpoint(url=prompt.url, types=CERTIFICATES.types, by=administrator)
        day = timedelta(days=1)
        now = timezone.now()
        send_span_again(endpoint=other, since=now - day, until=now + day, by=administrator)
        site.may_answer = prompt.asked
        tell_webhooks()
        assert (len(site.came), len(prompt.came)) == (1, 1), "both at once, and both are slow here"
    tell_webhooks()
    assert len(site.came) == 2


def test_another_scope_is_told_with_the_standing_of_then(
    world: World, site: Site, certificate: Certificate
) -> None:
    set_scopes({certificate.pk: Scope("أسوان", "Aswan")}, [certificate])
    tell_webhooks()
    assert site.types == ["certificate.issued"], "what it is issued with is no change"
    set_scopes({certificate.pk: Scope("الأقصر", "Luxor")}, [certificate], request="x")
    world.perform(certificate, "suspend")
    tell_webhooks()
    told = [(each["type"], each["data"]["status"], each["data"]["scope_en"]) for each in site.told[1:]]
    assert told == [
        ("certificate.changed", "active", "Luxor"),
        ("certificate.changed", "suspended", "Luxor"),
    ]
