"""Accounts: how people are found, and what the trail remembers of them."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event, Name
from accreditation_engine.trail.verification import verify
from tests.support.world import World

pytestmark = pytest.mark.django_db


def new(email: str = "mona@tests.example", **fields: str) -> User:
    return User.objects.create_user(email, "a long secret", **{"name": "منى حسن", **fields})


def test_an_address_is_kept_in_small_letters_without_blanks() -> None:
    assert new("  Mona.Hassan@Tests.Example ").email == "mona.hassan@tests.example"


def test_a_person_signs_in_with_the_address_in_any_case() -> None:
    user = new()
    assert authenticate(email=" MONA@tests.example ", password="a long secret") == user
    assert authenticate(email="mona@tests.example", password="another secret") is None


def test_an_inactive_person_does_not_sign_in() -> None:
    new(is_active=False)  # type: ignore[arg-type]
    assert authenticate(email="mona@tests.example", password="a long secret") is None


def test_without_a_password_nobody_signs_in() -> None:
    User.objects.create_user("nobody@tests.example", name="-")
    assert authenticate(email="nobody@tests.example", password="") is None
    assert authenticate(email="nobody@tests.example", password=None) is None


def test_two_accounts_cannot_share_an_address_whatever_its_case() -> None:
    new()
    with pytest.raises(IntegrityError), transaction.atomic():
        new("MONA@TESTS.EXAMPLE")


def test_an_account_that_is_refused_leaves_no_name_behind() -> None:
    new()
    with pytest.raises(IntegrityError), transaction.atomic():
        new(name="Someone Else")
    assert not Name.objects.filter(name="Someone Else").exists()


def test_a_name_is_remembered_once() -> None:
    user = new()
    user.language = "en"
    user.save()
    User.objects.get(pk=user.pk).save()
    User.objects.only("email").get(pk=user.pk).save()
    assert Name.objects.filter(actor=user.pk).count() == 1


def test_events_keep_the_name_borne_then() -> None:
    user = new()
    record(user.pk, "first", user)
    user.name = "منى عبد الرحمن"
    user.save()
    record(user.pk, "second", User.objects.get(pk=user.pk))
    names = {each.digest: each.name for each in Name.objects.filter(actor=user.pk)}
    events = Event.objects.filter(stream=user.pk, actor=user.pk).order_by("seq")
    spoken = [names[event.content["actor"]["name_digest"]] for event in events]
    assert spoken == ["منى حسن", "منى عبد الرحمن"]


def test_a_rename_that_names_its_fields_is_remembered_as_well() -> None:
    user = new()
    user.name = "منى عبد الرحمن"
    user.save(update_fields=["name"])
    stored = User.objects.get(pk=user.pk)
    assert Name.objects.get(digest=stored.name_digest).name == "منى عبد الرحمن"


def test_a_new_name_that_is_not_saved_is_not_remembered() -> None:
    user = new()
    user.name = "منى عبد الرحمن"
    user.save(update_fields=["language"])
    assert Name.objects.filter(actor=user.pk).count() == 1
    user.save()
    assert Name.objects.get(digest=User.objects.get(pk=user.pk).name_digest).name == "منى عبد الرحمن"


def test_deleting_a_person_leaves_their_events_whole(world: World) -> None:
    leaver = world.new_person("leaver", "coordinator")
    dossier = world.dossier("screening")
    perform(dossier, "return_for_completion", leaver, comment="صفحة ناقصة")
    before = list(Event.objects.filter(actor=leaver.pk).order_by("pk").values_list("hash", "body"))
    gone = leaver.pk
    leaver.delete()
    assert list(Event.objects.filter(actor=gone).order_by("pk").values_list("hash", "body")) == before
    assert Name.objects.filter(actor=gone, name="leaver").exists()
    assert list(verify()) == []


def test_a_grant_by_a_person_who_is_gone_is_still_theirs_in_the_trail() -> None:
    administrator, user = new("admin@tests.example", name="مدير"), new()
    grant_role(user=administrator, role="administrator", by=SYSTEM)
    grant_role(user=user, role="coordinator", by=administrator)
    gone = administrator.pk
    administrator.delete()
    event = Event.objects.get(stream=user.pk, kind="role_granted")
    assert event.actor == gone
    grant_role(user=user, role="auditor", by=SYSTEM)
    assert list(verify(stream=user.pk)) == []


def test_who_has_judged_cannot_be_deleted(world: World) -> None:
    world.dossier("certified")
    for role in ("reviewer", "panel"):
        with pytest.raises(ProtectedError):
            world.person(role).delete()
