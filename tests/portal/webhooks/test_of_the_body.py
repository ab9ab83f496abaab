"""The pages of webhooks: an administrator of all schemes adds, looks, changes, sends again and ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint
from accreditation_engine.certificates.webhooks.signing import secret_of
from accreditation_engine.certificates.webhooks.told.certificates import CERTIFICATES
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

WEBHOOKS = reverse("webhooks")
TOLD = dict.fromkeys(CERTIFICATES.types, "on")


@pytest.fixture
def endpoint(world: World, settings: Any) -> Endpoint:
    settings.WEBHOOKS_ANYWHERE = True
    return add_endpoint(
        url="http://127.0.0.1:9/hook", types=CERTIFICATES.types, by=world.person("administrator")
    )


def page_of(endpoint: Endpoint) -> str:
    return reverse("webhook", args=[endpoint.pk])


def test_an_address_is_added_and_its_secret_shown(world: World, settings: Any) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    client = visitor(world.person("administrator"))
    response = client.post(WEBHOOKS, {"url": "http://127.0.0.1:9/hook", **TOLD})
    endpoint = Endpoint.objects.get()
    assert response.url == page_of(endpoint)
    assert secret_of(endpoint) in text_of(client.get(response.url))
    assert "http://127.0.0.1:9/hook" in text_of(client.get(WEBHOOKS))
    assert f"what {world.person('administrator').name} may read" in text_of(client.get(response.url))


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    client = visitor(world.person("administrator"))
    response = client.post(WEBHOOKS, {"url": "https://127.0.0.1/", "dossier.opened": "on"})
    assert response.status_code == 409
    assert "leads into a private network" in text_of(response)
    page = response.content.decode()
    assert 'value="https://127.0.0.1/"' in page
    assert 'name="dossier.opened" type="checkbox" checked' in page
    assert 'name="certificate.issued" type="checkbox" checked' not in page
    nothing = client.post(WEBHOOKS, {"url": "https://8.8.8.8/"})
    assert "Choose at least one thing" in text_of(nothing)


def test_what_did_not_arrive_is_told_and_sent_again(world: World, endpoint: Endpoint) -> None:
    certificate = world.dossier("certified").certificates.get()
    now = timezone.now()
    delivery = Delivery.objects.create(
        endpoint=endpoint,
        type="certificate.issued",
        stream=certificate.pk,
        seq=1,
        number=certificate.number,
        at=now,
        made_at=now,
        tries=10,
        status=503,
    )
    client, page = visitor(world.person("administrator")), page_of(endpoint)
    assert f"{certificate.number} A certificate is issued Given up" in text_of(client.get(page))
    assert "The other site answered: 503 Service Unavailable" in text_of(client.get(page))
    Delivery.objects.update(tries=2, next_at=now)
    assert "Not arrived yet" in (waits := text_of(client.get(page)))
    assert "503 Service Unavailable · Tried 2 times; again:" in waits
    client.post(page, {"act": "again", "which": str(delivery.pk)})
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.next_at is not None) == (0, True)
    for wrong in ({"act": "again", "which": "x"}, {"act": "fly"}, {}):
        assert client.post(page, wrong).status_code == 404
    client.post(page, {"act": "end"})
    endpoint.refresh_from_db()
    assert endpoint.ended_at is not None
    assert "Tell it nothing more" not in text_of(client.get(page))
    for address in (page, WEBHOOKS):
        assert queries_for(client, address) <= 8


def test_what_it_is_told_of_and_its_secret_are_changed(world: World, endpoint: Endpoint) -> None:
    client, page = visitor(world.person("administrator")), page_of(endpoint)
    client.post(page, {"act": "types", "dossier.decided": "on"})
    endpoint.refresh_from_db()
    assert endpoint.types == ["dossier.decided"]
    refused = client.post(page, {"act": "types"})
    assert (refused.status_code, "Choose at least one thing" in text_of(refused)) == (409, True)
    before = secret_of(endpoint)
    said = text_of(client.post(page, {"act": "secret", "instead_of": "0"}, follow=True))
    assert "the one of before signs as well" in said
    assert before not in said


def test_days_are_sent_anew_and_odd_ones_refused_with_what_was_typed(
    world: World, endpoint: Endpoint
) -> None:
    certificate = world.dossier("certified").certificates.get()
    client, page = visitor(world.person("administrator")), page_of(endpoint)
    today = timezone.localdate().isoformat()
    said = text_of(client.post(page, {"act": "span", "first": today, "last": today}, follow=True))
    assert "1 message is sent" in said
    assert Delivery.objects.get().number == certificate.number
    none = client.post(page, {"act": "span", "first": "2001-01-01", "last": "2001-01-02"}, follow=True)
    assert "Nothing that it is told of happened on these days." in text_of(none)
    odd = {
        "2026-13-01": "Give the first and the last day.",
        "": "Give the first",
        "9999-12-31": "Give the first",
    }
    for typed, words in odd.items():
        refused = client.post(page, {"act": "span", "first": typed, "last": today})
        assert (refused.status_code, words in text_of(refused)) == (409, True)
    backwards = client.post(page, {"act": "span", "first": today, "last": "2001-01-01"})
    assert "The last day lies before the first." in text_of(backwards)
    assert 'value="2001-01-01"' in backwards.content.decode()


def test_nobody_else_finds_these_pages(world: World, endpoint: Endpoint) -> None:
    for person in (world.person("coordinator"), world.applicant):
        for address in (WEBHOOKS, page_of(endpoint)):
            assert visitor(person).get(address).status_code == 404
