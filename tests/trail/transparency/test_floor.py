"""What was signed is known beside the key as well: the database alone does not suffice to sign another history."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Checkpoint, Event, Key, Place, StreamHead, Tile, Tree
from accreditation_engine.trail.protection import lifted
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.covering import TrailBroken
from accreditation_engine.trail.verification import verify
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_of_its_own")]


@pytest.fixture
def signed(django_capture_on_commit_callbacks: Any) -> int:
    for _ in range(3):
        append(Entry(uuid4(), "noted"))
    with django_capture_on_commit_callbacks(execute=True):
        return make_checkpoint().size


def empty_the_tree(*more: type) -> None:
    """All that a forger with the database needs to have everything signed anew."""
    with lifted(connection):
        for model in (Checkpoint, Tile, StreamHead, Tree, Place, *more):
            model.objects.all().delete()  # type: ignore[attr-defined]
        Place.objects.bulk_create([Place(event=pk) for pk in Event.objects.values_list("pk", flat=True)])


def accept(email: str) -> None:
    call_command("checkpoint", "--accept-loss", "--reason", "The disk was lost", "--by", email)


@pytest.mark.parametrize("more", [(), (Key,)])
def test_nothing_is_signed_anew_when_tree_and_checkpoints_were_emptied(signed: int, more: Any) -> None:
    empty_the_tree(*more)
    with pytest.raises(TrailBroken, match="--accept-loss"):
        make_checkpoint()
    assert not Checkpoint.objects.exists()
    assert f"{signed} events were signed" in " ".join(each.detail for each in verify())


def test_the_floor_rises_with_each_checkpoint_and_lies_open_to_nobody(
    signed: int, django_capture_on_commit_callbacks: Any
) -> None:
    (floor,) = Path(settings.KEYS_DIR).glob("*.signed")
    before = floor.read_text()
    append(Entry(uuid4(), "noted"))
    with django_capture_on_commit_callbacks(execute=True):
        make_checkpoint()
    assert f'"size": {signed + 1}' in floor.read_text() != before
    assert floor.stat().st_mode & 0o077 == 0
    assert list(verify()) == []


def test_a_loss_that_an_administrator_answers_for_is_an_event_and_signing_goes_on(
    signed: int, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    by = world.person("administrator")
    empty_the_tree()
    with pytest.raises(CommandError, match="No administrator"):
        accept("nobody@example.org")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(SystemExit):
        accept(by.email)  # the floor is taken back once the event is kept
    make_checkpoint()
    said = Event.objects.get(stream=by.pk, kind="loss_accepted")
    assert (said.actor, said.data["signed"], said.data["held"]) == (by.pk, signed, 0)
    told = StringIO()
    call_command("verify_trail", "--replay", stdout=told)
    assert f"{signed} events had been signed, and 0 were here" in told.getvalue()


def test_whoever_verifies_reads_what_to_do_when_less_is_here_than_was_signed(signed: int) -> None:
    empty_the_tree()
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_trail", stdout=told)
    assert "Restore the newest backup" in told.getvalue()
    assert "--accept-loss --by EMAIL --reason WHY" in told.getvalue()
    assert "stream  event" not in told.getvalue()


def test_a_key_that_was_made_when_its_event_does_not_say_is_named(signed: int) -> None:
    key = Key.objects.get()
    with lifted(connection):
        Key.objects.update(made_at=key.made_at - timedelta(days=365))
    assert "made_at is" in " ".join(each.detail for each in verify())
