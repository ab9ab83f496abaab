"""Who gives roles, changes their end and ends them; and that somebody is left who does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM, Actor
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.closing import close_account
from accreditation_engine.organisations.domain import change_end, end_role, grant_role
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.trail.models import Event
from tests.support.bundles import checked, files_in
from tests.support.world import SHIPPED, World, at_once, later


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def administrator_of(world: World, scheme: str) -> User:
    person = world.new_person(f"of-{scheme}")
    grant_role(user=person, role="administrator", scheme=scheme, by=SYSTEM)
    return person


def test_only_administrators_of_the_scheme_give_roles_and_who_tries_is_on_record(world: World) -> None:
    only_here = administrator_of(world, SHIPPED)
    grant_role(user=world.stranger, role="reviewer", scheme=SHIPPED, by=only_here)
    for scheme, by in (("", only_here), ("tiny", only_here), (SHIPPED, world.person("coordinator"))):
        with pytest.raises(Refused) as refused:
            grant_role(user=world.stranger, role="panel", scheme=scheme, by=by)
        assert codes(refused) == ["not_administrator"]
    assert RoleGrant.objects.filter(user=world.stranger).count() == 1
    tried = Event.objects.filter(stream=world.stranger.pk, kind="refused")
    assert [each.data["act"] for each in tried] == ["grant_role"] * 3
    assert Event.objects.get(stream=world.stranger.pk, kind="role_granted").role == "administrator"


def test_whose_own_administration_has_ended_gives_nothing_more(world: World) -> None:
    former = world.new_person("former", "administrator", until=timezone.now() + timedelta(days=1))
    with later(days=2), pytest.raises(Refused) as refused:
        grant_role(user=world.stranger, role="panel", by=former)
    assert codes(refused) == ["not_administrator"]


def test_nobody_gives_a_role_to_themself_or_prolongs_their_own(world: World) -> None:
    administrator = world.person("administrator")
    with pytest.raises(Refused) as refused:
        grant_role(user=administrator, role="panel", by=administrator)
    assert codes(refused) == ["own_role"]
    own = grant_role(user=administrator, role="coach", by=SYSTEM, until=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        change_end(grant=own, until=None, by=administrator)
    assert codes(refused) == ["own_role"]
    end_role(grant=own, by=administrator, reason="لم أعد مرشدا")
    assert RoleGrant.objects.get(pk=own.pk).until <= timezone.now()


def test_the_last_administrator_stays_however_it_is_tried(world: World) -> None:
    last = RoleGrant.objects.get(role="administrator", scheme="")
    with pytest.raises(Refused) as ended:
        end_role(grant=last, by=last.user, reason="-")
    with pytest.raises(Refused) as limited:
        change_end(grant=last, until=timezone.now() + timedelta(days=1), by=SYSTEM)
    with pytest.raises(Refused) as closed:
        close_account(user=last.user, by=SYSTEM, role="", reason="-")
    for each in (ended, limited, closed):
        assert codes(each) == ["last_administrator"]
    administrator_of(world, SHIPPED)
    world.new_person("for-a-time", "administrator", until=timezone.now() + timedelta(days=9))
    with pytest.raises(Refused):  # of neither would anybody be left in ten days
        end_role(grant=last, by=SYSTEM, reason="-")
    world.new_person("successor", "administrator")
    end_role(grant=last, by=SYSTEM, reason="-")
    last.refresh_from_db()
    assert last.until is not None


@pytest.mark.django_db(transaction=True)
def test_the_last_two_administrators_do_not_end_each_other_at_once(world: World) -> None:
    world.new_person("second", "administrator")
    one, other = RoleGrant.objects.filter(role="administrator", scheme="").order_by("pk")
    outcomes = at_once(
        lambda: end_role(grant=one, by=SYSTEM, reason="-"),
        lambda: end_role(grant=other, by=SYSTEM, reason="-"),
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["NoneType", "Refused"]


def test_an_end_is_changed_once_and_replayed(world: World) -> None:
    administrator, now = world.person("administrator"), timezone.now()
    grant = grant_role(user=world.stranger, role="reviewer", by=administrator)
    other = grant_role(user=world.stranger, role="reviewer", scheme=SHIPPED, by=administrator)
    for until in (now + timedelta(days=5), now + timedelta(days=5), now + timedelta(days=50)):
        change_end(grant=grant, until=until, by=administrator)
    events = Event.objects.filter(stream=world.stranger.pk, kind="role_end_changed").order_by("seq")
    assert [each.data["until"] for each in events] == [
        (now + timedelta(days=days)).isoformat() for days in (5, 50)
    ]
    other.refresh_from_db()
    assert other.until is None
    assert list(verify_all()) == []
    RoleGrant.objects.filter(pk=grant.pk).update(until=None)
    assert [each.code for each in verify_all()] == ["role"]


def test_an_end_is_not_changed_when_the_role_is_over(world: World) -> None:
    grant = grant_role(user=world.stranger, role="reviewer", by=SYSTEM)
    end_role(grant=grant, by=SYSTEM, reason="-")
    with pytest.raises(Refused) as refused:
        change_end(grant=grant, until=None, by=SYSTEM)
    assert codes(refused) == ["role_over"]
    with pytest.raises(Refused) as refused:
        change_end(grant=grant, until=timezone.now() - timedelta(days=1), by=SYSTEM)
    assert codes(refused) == ["ends_in_the_past"]


def test_a_closed_account_is_given_no_role(world: World) -> None:
    close_account(user=world.stranger, by=SYSTEM, role="", reason="-")
    with pytest.raises(Refused) as refused:
        grant_role(user=world.stranger, role="panel", by=Actor())
    assert codes(refused) == ["account_closed"]


@pytest.mark.usefixtures("keys_of_its_own")
def test_whoever_verifies_knows_until_when_a_role_held_that_was_prolonged(
    world: World, tmp_path: Path
) -> None:
    person = world.new_person("late", "coordinator", until=timezone.now() + timedelta(days=1))
    grant = RoleGrant.objects.get(user=person)
    change_end(grant=grant, until=None, by=world.person("administrator"))
    with later(days=2):
        perform(world.dossier("screening"), "return_for_completion", person, comment="صفحة ناقصة")
        assert list(verify_all()) == []
        call_command("bundle", "--everything", "--output", str(tmp_path / "all.zip"))
        assert checked(files_in(tmp_path / "all.zip")).problems == []
