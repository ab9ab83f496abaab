"""Saying on one's account where one works."""

from __future__ import annotations

from django.urls import reverse

from accreditation_engine.organisations.models import User
from tests.portal.visitor import text_of, visitor
from tests.support.world import World


def test_employer_is_kept_and_shown_again(world: World) -> None:
    client = visitor(world.stranger)
    response = client.post(reverse("say_employer"), {"employer": "جامعة القاهرة"}, follow=True)
    assert "Kept." in text_of(response)
    assert "جامعة القاهرة" in response.content.decode()
    assert User.objects.get(pk=world.stranger.pk).employer == "جامعة القاهرة"


def test_endless_name_is_refused_and_stays_in_the_field(world: World) -> None:
    typed = "x" * 201
    response = visitor(world.stranger).post(reverse("say_employer"), {"employer": typed})
    assert response.status_code == 409
    assert typed in response.content.decode()
    assert "at most 200" in text_of(response)
    assert User.objects.get(pk=world.stranger.pk).employer == ""
