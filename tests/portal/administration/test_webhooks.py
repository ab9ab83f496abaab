"""The pages of webhooks: an administrator of all schemes adds, looks, sends again and ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.certificates.webhooks.signing import secret_of
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

WEBHOOKS = reverse("webhooks")


@pytest.fixture
def endpoint(world: World) -> Endpoint:
    return Endpoint.objects.create(url="https://example.org/hook", made_at=timezone.now())


def test_an_address_is_added_and_its_secret_shown(world: World, settings: Any) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    client = visitor(world.person("administrator"))
    response = client.post(WEBHOOKS, {"url": "http://127.0.0.1:9/hook"})
    endpoint = Endpoint.objects.get()
    assert response.url == reverse("webhook", args=[endpoint.pk])
    assert secret_of(endpoint.pk) in text_of(client.get(response.url))
    assert "http://127.0.0.1:9/hook" in text_of(client.get(WEBHOOKS))


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    response = visitor(world.person("administrator")).post(WEBHOOKS, {"url": "https://127.0.0.1/"})
    assert response.status_code == 409
    assert "leads into a private network" in text_of(response)
    assert 'value="https://127.0.0.1/"' in response.content.decode()


def test_what_did_not_arrive_is_told_and_sent_again(world: World, endpoint: Endpoint) -> None:
    certificate = world.dossier("certified").certificates.get()
    delivery = Delivery.objects.create(
        endpoint=endpoint, certificate=certificate, seq=1, made_at=timezone.now(), tries=10, status=503
    )
    client, page = visitor(world.person("administrator")), reverse("webhook", args=[endpoint.pk])
    assert "Given up" in text_of(client.get(page))
    assert "The other site answered: 503 Service Unavailable" in text_of(client.get(page))
    client.post(page, {"again": str(delivery.pk)})
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.next_at is not None) == (0, True)
    client.post(page, {"end": "1"})
    endpoint.refresh_from_db()
    assert endpoint.ended_at is not None
    assert "Tell it nothing more" not in text_of(client.get(page))
    for address in (page, WEBHOOKS):
        assert queries_for(client, address) <= 8


def test_nobody_else_finds_these_pages(world: World, endpoint: Endpoint) -> None:
    for person in (world.person("coordinator"), world.applicant):
        for address in (WEBHOOKS, reverse("webhook", args=[endpoint.pk])):
            assert visitor(person).get(address).status_code == 404
