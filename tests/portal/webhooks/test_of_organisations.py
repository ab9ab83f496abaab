"""The same pages for an organisation: its owners alone, and its own addresses alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accreditation_engine.certificates.models import Endpoint
from accreditation_engine.certificates.webhooks.endpoints import add_endpoint
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Organisation, Standing
from accreditation_engine.trail.content import SYSTEM
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(world: World) -> Organisation:
    return world.organisation()


def pages(organisation: Organisation, endpoint: Endpoint) -> list[str]:
    return [
        reverse("organisation_webhooks", args=[organisation.pk]),
        reverse("organisation_webhook", args=[organisation.pk, endpoint.pk]),
    ]


def test_owner_finds_the_pages_and_adds_an_address(
    world: World, organisation: Organisation, settings: Any
) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    client = visitor(world.applicant)
    listed = reverse("organisation_webhooks", args=[organisation.pk])
    assert listed in client.get(reverse("colleagues", args=[organisation.pk])).content.decode()
    assert 'name="dossier.decided" type="checkbox" checked' in client.get(listed).content.decode()
    client.post(listed, {"url": "http://127.0.0.1:9/hook", "dossier.decided": "on"})
    endpoint = Endpoint.objects.get()
    assert (endpoint.organisation, endpoint.types) == (organisation, ["dossier.decided"])
    for address in pages(organisation, endpoint):
        assert "http://127.0.0.1:9/hook" in text_of(client.get(address))
        assert queries_for(client, address) <= 8


def test_pages_are_for_owners_and_their_own_addresses(
    world: World, organisation: Organisation, settings: Any
) -> None:
    settings.WEBHOOKS_ANYWHERE = True
    other = world.organisation()
    own, others, body = (
        add_endpoint(url=f"http://127.0.0.1:{port}/", types=TYPES, by=by, organisation=whose)
        for port, by, whose in (
            (1, world.applicant, organisation),
            (2, world.applicant, other),
            (3, world.person("administrator"), None),
        )
    )
    colleague = world.new_person("colleague")
    join(organisation=organisation, user=colleague, by=SYSTEM, standing=Standing.EDITOR)
    for person in (colleague, world.stranger, world.person("administrator"), world.person("coordinator")):
        for address in pages(organisation, own):
            assert visitor(person).get(address).status_code == 404
            assert visitor(person).post(address, {"act": "end"}).status_code == 404
    owner = visitor(world.applicant)
    for endpoint in (others, body):
        assert owner.get(pages(organisation, endpoint)[1]).status_code == 404
    assert owner.get(reverse("webhook", args=[own.pk])).status_code == 404
    said = text_of(owner.get(pages(organisation, own)[0]))
    assert ("127.0.0.1:1/" in said, "127.0.0.1:2/" in said, "127.0.0.1:3/" in said) == (True, False, False)
