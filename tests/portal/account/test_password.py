"""Whoever was given a password changes it."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from tests.support.world import World

NEW = "a-longer-secret-of-my-own"


def _changed(client: Client, old: str, new: str = NEW) -> int:
    form = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("change_password"), form).status_code


def test_a_password_is_changed_by_who_knows_the_old_one(world: World, client: Client) -> None:
    person = world.applicant
    person.set_password("given-by-the-office")
    person.save()
    client.force_login(person)
    assert _changed(client, "given-by-the-office") == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get(reverse("home")).status_code == 200


def test_a_password_stays_when_the_old_one_is_wrong_or_the_new_one_weak(world: World, client: Client) -> None:
    person = world.applicant
    person.set_password("given-by-the-office")
    person.save()
    client.force_login(person)
    assert _changed(client, "a guess") == 200
    assert _changed(client, "given-by-the-office", "12345") == 200
    person.refresh_from_db()
    assert person.check_password("given-by-the-office")


def test_the_page_asks_a_stranger_to_sign_in_first(client: Client, db: None) -> None:
    assert client.get(reverse("change_password")).headers["Location"].startswith(reverse("sign_in"))
