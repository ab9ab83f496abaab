"""An organisation comes to be, and is renamed, by events of its own."""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.organisations.registering import (
    change_organisation,
    register_organisation,
    register_organisations,
)
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.support.world import World

pytestmark = pytest.mark.django_db


def registered(number: str = "ق ١٢٣/٢٠١٥", **more: str) -> Organisation:
    names = {"name_ar": "جمعية نور", "name_en": "Nour", "registration_number": number}
    return register_organisation(**{**names, **more}, by=SYSTEM)


def events_of(organisation: Organisation) -> list[Event]:
    return list(Event.objects.filter(stream=organisation.pk).order_by("seq"))


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refusal.value.reasons]


def test_registering_is_an_event_with_all_that_is_known() -> None:
    (event,) = events_of(registered(governorate="قنا"))
    assert (event.kind, event.data) == (
        "organisation_registered",
        {
            "name_ar": "جمعية نور",
            "name_en": "Nour",
            "registration_number": "ق ١٢٣/٢٠١٥",
            "country": "EG",
            "governorate": "EG-KN",
            "sector": "",
            "language": "",
        },
    )
    assert list(verify_all()) == []


def test_changing_is_an_event_of_what_was_and_what_is(world: World) -> None:
    organisation = registered()
    changed = change_organisation(
        organisation=organisation, name_en=" Nour  El-Nil ", country="EG", by=world.stranger
    )
    event = events_of(organisation)[-1]
    assert (event.kind, event.actor) == ("organisation_changed", world.stranger.pk)
    assert event.data == {"before": {"name_en": "Nour"}, "after": {"name_en": "Nour El-Nil"}}
    assert (changed.name_en, Organisation.objects.get(pk=changed.pk).name_en) == ("Nour El-Nil",) * 2
    assert list(verify_all()) == []


def test_changing_nothing_writes_nothing() -> None:
    organisation = registered()
    change_organisation(organisation=organisation, name_en="Nour", by=SYSTEM)
    assert len(events_of(organisation)) == 1


def test_a_number_is_refused_when_it_is_taken() -> None:
    first, second = registered("1"), registered("2")
    with pytest.raises(Refused) as refusal:
        registered("1")
    assert codes(refusal) == ["registration_number_taken"]
    with pytest.raises(Refused) as refusal:
        change_organisation(organisation=second, registration_number="1", by=SYSTEM)
    assert codes(refusal) == ["registration_number_taken"]
    twice = [Organisation(name_ar="م", name_en="O", registration_number="3") for _ in range(2)]
    with pytest.raises(Refused) as refusal:
        register_organisations(twice, by=SYSTEM)
    assert codes(refusal) == ["registration_number_taken"]
    assert set(Organisation.objects.all()) == {first, second}


def test_a_name_is_refused_when_it_is_missing_or_endless() -> None:
    with pytest.raises(Refused) as refusal:
        registered(name_ar=" ", name_en="x" * 201)
    assert codes(refusal) == ["organisation_lacks", "organisation_too_long"]
    assert not Organisation.objects.exists()


def test_a_rename_past_the_trail_is_named_by_verify_trail(world: World) -> None:
    organisation = world.dossier("certified").organisation
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_organisation SET name_en = 'Crooks Ltd'")
    output = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_trail", stdout=output)
    assert f"stream {organisation.pk} event 1: organisation: the organisation: name_en is 'Crooks Ltd'" in (
        output.getvalue()
    )


def test_an_outsider_put_into_an_organisation_is_named_by_verify_trail(world: World) -> None:
    draft = world.dossier("draft")
    Organisation.objects.get(pk=draft.organisation_id).memberships.create(user=world.stranger)
    (problem,) = verify_all()
    assert (problem.stream, problem.code) == (world.stranger.pk, "membership")
    assert "no event speaks of it" in problem.detail


def test_an_organisation_of_before_is_written_down_as_it_is_found() -> None:
    old = Organisation.objects.create(name_ar="قديمة", name_en="Old", registration_number="0")
    assert [each.code for each in verify_all()] == ["organisation"]
    migration = import_module("accreditation_engine.organisations.migrations.0004_organisations_on_record")
    migration.put_on_record(apps, None)
    (event,) = events_of(old)
    assert (event.data["name_en"], event.data["as_found"], event.actor) == ("Old", True, None)
    assert list(verify_all()) == []


def test_a_governorate_of_egypt_is_kept_by_its_code_and_others_as_they_are_written() -> None:
    for country, typed, kept in (
        ("EG", "Giza", "EG-GZ"),
        ("EG", "الجيزه", "EG-GZ"),
        ("EG", "Atlantis", "Atlantis"),
        ("JO", "Amman", "Amman"),
    ):
        assert registered(typed, country=country, governorate=typed).governorate == kept
    assert list(verify_all()) == []


@pytest.mark.parametrize("triggers", [True, False])
def test_governorates_of_before_are_brought_to_their_codes_by_events(triggers: bool) -> None:
    known, unknown, abroad = (registered(number) for number in ("1", "2", "3"))
    for each, typed, country in (
        (known, "محافظة قنا", "EG"),
        (unknown, "Atlantis", "EG"),
        (abroad, "Cairo", "US"),
    ):
        sides = {
            "before": {"governorate": "", "country": "EG"},
            "after": {"governorate": typed, "country": country},
        }
        append(Entry(each.pk, "organisation_changed", data=sides))
        Organisation.objects.filter(pk=each.pk).update(governorate=typed, country=country)
    migration = import_module("accreditation_engine.organisations.migrations.0011_governorates_by_code")
    with nullcontext() if triggers else lifted(connection):
        migration.by_code(apps, None)
        migration.by_code(apps, None)  # a second time there is nothing to do
    kept = list(Organisation.objects.order_by("registration_number").values_list("governorate", flat=True))
    assert kept == ["EG-KN", "Atlantis", "Cairo"]
    assert [len(events_of(each)) for each in (known, unknown, abroad)] == [3, 2, 2]
    change_organisation(organisation=known, governorate="Aswan", by=SYSTEM)
    assert list(verify_all()) == []
