"""Erasing what somebody was called, and where they had their mail."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import pieces_of_person
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.erasing import erase_of_person
from accreditation_engine.organisations.models import Membership, RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.trail.models import Event, Name
from tests.support.world import SHIPPED, World


def erase(world: World, person: User, *whats: str, by: User | None = None) -> list[Event]:
    keys = [each.key for each in pieces_of_person(person.pk) if not whats or each.what in whats]
    return erase_of_person(
        person=person,
        keys=keys,
        reason="She asked for it.",
        basis="Law 151 of 2020, article 2",
        by=by or world.person("administrator"),
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def test_former_name_goes_and_the_account_stays_when_it_is_erased(world: World) -> None:
    person = world.stranger
    former, person.name = person.name_digest, "another name"
    person.save()
    key = next(each.key for each in pieces_of_person(person.pk) if each.which.get("digest") == former)
    erase_of_person(
        person=person, keys=[key], reason="asked", basis="the law", by=world.person("administrator")
    )
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("another name", True)
    assert Name.objects.get(pk=former).name is None
    assert Name.objects.get(pk=person.name_digest).name == "another name"


def test_nothing_goes_without_a_reason_that_somebody_can_read(world: World) -> None:
    keys = [each.key for each in pieces_of_person(world.stranger.pk)]
    with pytest.raises(Refused) as refused:
        erase_of_person(
            person=world.stranger,
            keys=keys,
            reason="\u200b",
            basis="\u3164",
            by=world.person("administrator"),
        )
    assert codes(refused) == ["erasure_without_reason", "erasure_without_basis"]


def test_account_is_closed_when_name_and_address_are_erased(world: World) -> None:
    person = world.applicant
    world.dossier("screening")
    erase(world, person)
    person.refresh_from_db()
    assert (person.name, person.is_active, person.email) == ("", False, f"{person.pk}@erased.invalid")
    assert not person.has_usable_password()
    assert not Membership.objects.filter(user=person, ended_at=None).exists()
    kinds = list(Event.objects.filter(stream=person.pk).order_by("seq").values_list("kind", flat=True))
    assert kinds.count("account_closed") == 1
    assert kinds.count("erased") == 2
    assert list(verify_all()) == []


def test_roles_end_when_the_account_is_closed_by_an_erasure(world: World) -> None:
    person = world.new_person("reviewer who left", "reviewer")
    erase(world, person, "email")
    assert not RoleGrant.objects.filter(in_force(), user=person).exists()
    person.refresh_from_db()
    assert person.name == "reviewer who left"
    assert {each.what for each in pieces_of_person(person.pk)} == {"name", "comment"}
    assert list(verify_all()) == []


def test_nobody_erases_their_own_name(world: World) -> None:
    with pytest.raises(Refused) as refused:
        erase(world, world.person("administrator"))
    assert codes(refused) == ["own_name"]


def test_names_are_erased_by_administrators_of_every_scheme_alone(world: World) -> None:
    one = world.new_person("of one scheme")
    grant_role(user=one, role="administrator", scheme=SHIPPED, by=SYSTEM)
    for person in (one, world.person("coordinator"), world.applicant):
        with pytest.raises(Refused) as refused:
            erase(world, world.stranger, by=person)
        assert codes(refused) == ["not_every_scheme"]
    world.stranger.refresh_from_db()
    assert world.stranger.is_active
