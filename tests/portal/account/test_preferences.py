"""How often mail comes, and the address of the calendar, on the page of one's account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accreditation_engine.organisations.models import CalendarAddress, User
from accreditation_engine.portal.calendar.address import address_of
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

pytestmark = pytest.mark.django_db
PAGE = reverse("account")


def test_mail_comes_as_often_as_was_chosen(world: World) -> None:
    client = visitor(world.applicant)
    assert 'value="at_once" required' in client.get(PAGE).content.decode()
    response = client.post(reverse("choose_mail"), {"digest": "weekly"}, follow=True)
    assert "Kept." in text_of(response)
    assert User.objects.get(pk=world.applicant.pk).digest == "weekly"
    assert 'value="weekly" required id="id_digest_2" checked' in response.content.decode()


@pytest.mark.parametrize("digest", ["", "hourly"])
def test_a_choice_that_is_none_is_refused_in_words(world: World, digest: str) -> None:
    response = visitor(world.applicant).post(reverse("choose_mail"), {"digest": digest})
    assert response.status_code == 409
    assert "Choose one of the three." in text_of(response)
    assert User.objects.get(pk=world.applicant.pk).digest == "at_once"


def test_an_address_is_made_when_it_is_wanted_and_ended_when_it_is_not(world: World) -> None:
    client = visitor(world.applicant)
    assert "Make the address" in text_of(client.get(PAGE))
    response = client.post(reverse("choose_calendar"), {"act": "renew"}, follow=True)
    first = address_of(world.applicant)
    assert first
    assert first in response.content.decode()
    response = client.post(reverse("choose_calendar"), {"act": "renew"}, follow=True)
    assert first not in response.content.decode()
    response = client.post(reverse("choose_calendar"), {"act": "end"}, follow=True)
    assert "The address is ended" in text_of(response)
    assert not CalendarAddress.objects.exists()


def test_an_address_is_seen_by_its_owner_only(world: World) -> None:
    visitor(world.applicant).post(reverse("choose_calendar"), {"act": "renew"})
    assert address_of(world.applicant) not in visitor(world.stranger).get(PAGE).content.decode()


def test_the_page_is_reached_from_every_other_one(world: World) -> None:
    assert f'href="{PAGE}"' in visitor(world.applicant).get(reverse("home")).content.decode()


def test_the_page_costs_few_queries(world: World) -> None:
    assert queries_for(visitor(world.applicant), PAGE) <= 5


def test_nothing_is_kept_by_looking(world: World) -> None:
    client = visitor(world.applicant)
    for name in ("choose_mail", "choose_calendar"):
        assert client.get(reverse(name)).url == PAGE
