"""Where somebody works: kept as they say it, told in the trail, and erased."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from accreditation_engine.engine.erasures import pieces_of_person
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.employer import LONGEST, name_employer
from accreditation_engine.organisations.erasing import erase_of_person
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event, Text
from tests.support.world import World


def test_employer_is_an_event_with_the_name_beside(world: World) -> None:
    name_employer(user=world.stranger, employer="  جامعة   القاهرة ", by=world.stranger)
    event = Event.objects.get(stream=world.stranger.pk, kind="employer_named")
    assert event.data == {}
    assert Text.objects.get(stream=event.stream, seq=event.seq).text == "جامعة القاهرة"
    kept = User.objects.get(pk=world.stranger.pk)
    assert (kept.employer, kept.employer_folded) == ("جامعة القاهرة", "جامعه القاهره")


def test_same_employer_is_no_event_and_nobody_is_one(world: World) -> None:
    for employer in ("A firm", "A firm", ""):
        name_employer(user=world.stranger, employer=employer, by=world.stranger)
    assert Event.objects.filter(stream=world.stranger.pk, kind="employer_named").count() == 2
    assert User.objects.get(pk=world.stranger.pk).employer_folded == ""


def test_endless_name_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        name_employer(user=world.stranger, employer="x" * (LONGEST + 1), by=world.stranger)
    assert User.objects.get(pk=world.stranger.pk).employer == ""


def test_employer_is_erased_in_the_row_and_beside_the_event(world: World) -> None:
    name_employer(user=world.stranger, employer="A firm", by=world.stranger)
    keys = [each.key for each in pieces_of_person(world.stranger.pk) if each.what in ("employer", "comment")]
    assert len(keys) == 2
    erase_of_person(
        person=world.stranger, keys=keys, reason="asked", basis="the law", by=world.person("administrator")
    )
    kept = User.objects.get(pk=world.stranger.pk)
    assert (kept.employer, kept.employer_folded) == ("", "")
    assert not Text.objects.filter(text__contains="A firm").exists()


def test_account_is_made_with_an_employer(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_person", "new@tests.example", name="New", employer="A firm")
    assert User.objects.get(email="new@tests.example").employer == "A firm"
    assert "works for A firm" in capsys.readouterr().out
