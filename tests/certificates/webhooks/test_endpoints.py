"""Who adds addresses, what the trail says of them, and their secrets."""

from __future__ import annotations

import pytest
import time_machine
from django.utils import timezone

from accreditation_engine.certificates.models import Delivery, Endpoint
from accreditation_engine.certificates.webhooks.endpoints import (
    MOST_OF_ONE,
    add_endpoint,
    change_secret,
    change_types,
    end_endpoint,
    send_again,
    send_span_again,
)
from accreditation_engine.certificates.webhooks.signing import BOTH, secret_of
from accreditation_engine.certificates.webhooks.telling import tell_webhooks
from accreditation_engine.certificates.webhooks.told.topics import TYPES
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.colleagues import change_standing
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.models import Membership, Organisation, Standing
from accreditation_engine.trail.content import SYSTEM
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, World

from .other_site import Site, signed

pytestmark = pytest.mark.django_db


def problems() -> list[str]:
    return [each.code for each in verify_all()]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    assert all(each.code not in str(each) for each in refused.value.reasons), "each is told in words"
    return [each.code for each in refused.value.reasons]


def test_owners_of_the_organisation_alone_add_and_change(
    world: World, endpoint: Endpoint, organisation: Organisation
) -> None:
    colleague = world.new_person("colleague")
    join(organisation=organisation, user=colleague, by=SYSTEM, standing=Standing.EDITOR)
    administrator = world.person("administrator")
    for person in (colleague, world.stranger, administrator):
        with pytest.raises(Refused) as refused:
            add_endpoint(url=endpoint.url + "&x", types=TYPES, by=person, organisation=organisation)
        assert codes(refused) == ["not_owner"]
        with pytest.raises(Refused) as refused:
            change_secret(endpoint=endpoint, instead_of=0, by=person)
        assert codes(refused) == ["not_owner"]
    change_standing(
        membership=Membership.objects.get(user=colleague), standing=Standing.OWNER, by=world.applicant
    )
    change_secret(endpoint=endpoint, instead_of=0, by=colleague)


def test_wrong_types_and_too_many_addresses_are_refused(
    world: World, endpoint: Endpoint, organisation: Organisation
) -> None:
    for types in ([], ["dossier.opened", "dossier.erased"]):
        with pytest.raises(Refused) as refused:
            change_types(endpoint=endpoint, types=types, by=world.applicant)
        assert codes(refused) == ["webhook_without_types"]
    urls = [f"{endpoint.url}&n={number}" for number in range(MOST_OF_ONE)]
    for url in urls[1:]:
        add_endpoint(url=url, types=TYPES, by=world.applicant, organisation=organisation)
    with pytest.raises(Refused) as refused:
        add_endpoint(url=urls[0], types=TYPES, by=world.applicant, organisation=organisation)
    assert codes(refused) == ["webhooks_too_many"]


def test_every_change_is_an_event_that_is_compared(world: World, endpoint: Endpoint) -> None:
    person = world.applicant
    change_types(endpoint=endpoint, types=["dossier.decided", "certificate.issued"], by=person)
    change_types(endpoint=endpoint, types=["certificate.issued", "dossier.decided"], by=person)
    change_secret(endpoint=endpoint, instead_of=0, by=person)
    end_endpoint(endpoint=endpoint, by=person)
    events = Event.objects.filter(stream=endpoint.pk).order_by("seq")
    assert [each.kind for each in events] == [
        "webhook_made",
        "webhook_changed",
        "webhook_secret_changed",
        "webhook_ended",
    ]
    assert endpoint.url not in str([each.data for each in events])
    assert problems() == []
    row = Endpoint.objects.filter(pk=endpoint.pk)
    kept = row.values("url", "types", "organisation", "secret_number", "ended_at").get()
    for forged in (
        {"url": "https://127.0.0.1/else"},
        {"types": list(TYPES)},
        {"organisation": None},
        {"secret_number": 7},
        {"ended_at": None},
    ):
        row.update(**forged)
        assert set(problems()) == {"webhook"}, forged
        row.update(**kept)
    row.delete()
    assert problems() == ["webhook"]


def test_address_that_no_event_speaks_of_is_found(world: World, endpoint: Endpoint) -> None:
    now = timezone.now()
    Endpoint.objects.create(url="https://example.org/", types=[], made_at=now, looked_at=now)
    assert problems() == ["webhook"]


def test_secret_that_is_changed_signs_beside_the_one_of_before_for_a_day(
    world: World, site: Site, endpoint: Endpoint, organisation: Organisation
) -> None:
    before = secret_of(endpoint)
    for _press in ("once", "and once more on the same page"):
        change_secret(endpoint=endpoint, instead_of=0, by=world.applicant)
    endpoint.refresh_from_db()
    after = secret_of(endpoint)
    assert before != after
    open_dossier(organisation=organisation, scheme=SHIPPED, by=world.applicant)
    tell_webhooks()
    (headers, body), *_more = site.came
    both = [signed(each, headers, body) for each in (after, before)]
    assert headers["webhook-signature"].split() == both
    send_again(delivery=Delivery.objects.get(), by=world.applicant)
    with time_machine.travel(timezone.now() + BOTH, tick=False):
        tell_webhooks()
    headers, body = site.came[-1]
    assert headers["webhook-signature"] == signed(after, headers, body)


def test_nothing_is_changed_or_sent_of_what_is_ended(world: World, endpoint: Endpoint) -> None:
    end_endpoint(endpoint=endpoint, by=world.applicant)
    endpoint.refresh_from_db()
    now = timezone.now()
    for step in (
        lambda: change_types(endpoint=endpoint, types=TYPES, by=world.applicant),
        lambda: change_secret(endpoint=endpoint, instead_of=0, by=world.applicant),
        lambda: send_span_again(endpoint=endpoint, since=endpoint.made_at, until=now, by=world.applicant),
    ):
        with pytest.raises(Refused) as refused:
            step()
        assert codes(refused) == ["webhook_over"]


def test_days_in_the_wrong_order_are_refused(world: World, endpoint: Endpoint) -> None:
    now = timezone.now()
    with pytest.raises(Refused) as refused:
        send_span_again(endpoint=endpoint, since=now, until=endpoint.made_at, by=world.applicant)
    assert codes(refused) == ["webhook_span_backwards"]
