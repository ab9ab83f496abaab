"""Opening a file: by whom, how often, and under which number."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.domain import initials, open_dossier, open_dossiers
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.models import Scheme, Serial
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import join, leave
from accreditation_engine.organisations.models import Membership
from accreditation_engine.trail.models import Event
from tests.support.world import SHIPPED, TINY, World, at_once, changed


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.reasons]


def test_a_new_file_is_in_the_first_state_of_the_open_edition(world: World) -> None:
    dossier = world.dossier()
    assert dossier.edition_id == Scheme.objects.get(pk=SHIPPED).edition_id
    event = Event.objects.get(stream=dossier.pk)
    assert (event.kind, event.role, event.actor) == ("opened", "applicant", world.applicant.pk)
    assert (event.seq, event.source, event.target, event.edition) == (1, "", "draft", dossier.edition_id)


def test_a_file_keeps_its_edition_when_a_new_one_opens(world: World) -> None:
    first = world.scheme(TINY)
    older = world.dossier(scheme="tiny")
    second = world.scheme(changed(TINY, ('edition: "1"', 'edition: "2"')))
    newer = world.dossier(scheme="tiny")
    assert (older.edition_id, newer.edition_id) == (first, second)
    world.perform(older, "submit")
    assert Dossier.objects.get(pk=older.pk).edition_id == first


def test_an_organisation_has_one_unfinished_file_a_scheme(world: World) -> None:
    dossier = world.dossier("screening")
    with pytest.raises(Refused) as refused:
        open_dossier(organisation=dossier.organisation, scheme=SHIPPED, by=world.applicant)
    assert codes(refused) == ["already_open"]
    assert dossier.number in str(refused.value)
    assert Dossier.objects.count() == 1


def test_another_scheme_is_another_file(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier()
    other = open_dossier(organisation=dossier.organisation, scheme="tiny", by=world.applicant)
    assert other.organisation == dossier.organisation


def test_a_finished_file_makes_room_for_the_next(world: World) -> None:
    dossier = world.dossier("withdrawn")
    again = open_dossier(organisation=dossier.organisation, scheme=SHIPPED, by=world.applicant)
    assert again.state == "draft"


@pytest.mark.django_db(transaction=True)
def test_opened_twice_at_once_it_is_opened_once(world: World) -> None:
    organisation = world.organisation()

    def open_one() -> Dossier:
        return open_dossier(organisation=organisation, scheme=SHIPPED, by=world.applicant)

    outcomes = at_once(open_one, open_one)
    assert {type(each) for each in outcomes} == {Dossier, Refused}
    assert Dossier.objects.filter(organisation=organisation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_files_opened_at_once_get_numbers_of_their_own(world: World) -> None:
    organisations = [world.organisation() for _ in range(4)]

    def opening(number: int) -> Dossier:
        return open_dossier(organisation=organisations[number], scheme=SHIPPED, by=world.applicant)

    opened = at_once(*(lambda number=number: opening(number) for number in range(4)))
    year = timezone.localdate().year
    assert sorted(each.number for each in opened) == [f"IC-{year}-{number:04d}" for number in range(1, 5)]


def test_numbers_have_no_gap_after_a_refusal(world: World) -> None:
    first = world.dossier()
    with pytest.raises(Refused):
        open_dossier(organisation=first.organisation, scheme=SHIPPED, by=world.applicant)
    assert int(world.dossier().number[-4:]) == int(first.number[-4:]) + 1


def test_after_the_last_number_of_four_digits_comes_one_of_five(world: World) -> None:
    series = f"IC-{timezone.localdate().year}"
    Serial.objects.create(series=series, value=9999)
    assert world.dossier().number == f"{series}-10000"


@pytest.mark.parametrize(
    ("scheme", "letters"),
    [("institutional-commitment", "IC"), ("green_ngos", "GN"), ("climate2-charter", "CC"), ("award", "A")],
)
def test_a_series_is_called_by_the_schemes_initials(scheme: str, letters: str) -> None:
    assert initials(scheme) == letters


def test_a_scheme_that_is_not_open_takes_no_files(world: World) -> None:
    organisation = world.organisation()
    with pytest.raises(Refused) as refused:
        open_dossier(organisation=organisation, scheme="green-ngos", by=world.applicant)
    assert codes(refused) == ["scheme_not_open"]
    assert not Serial.objects.exists()


def test_a_scheme_of_certificates_takes_no_files(world: World) -> None:
    organisation = world.organisation()
    with pytest.raises(Refused) as refused:
        open_dossier(organisation=organisation, scheme="certificate", by=world.applicant)
    assert codes(refused) == ["scheme_not_open"]


def test_only_a_member_opens_a_file(world: World) -> None:
    organisation = world.organisation()
    for person in (world.stranger, world.person("coordinator"), world.person("panel")):
        with pytest.raises(Refused) as refused:
            open_dossier(organisation=organisation, scheme=SHIPPED, by=person)
        assert codes(refused) == ["not_your_role"]
    assert not Dossier.objects.exists()


def test_a_former_member_opens_no_file(world: World) -> None:
    organisation = world.organisation()
    leave(membership=Membership.objects.get(organisation=organisation), by=SYSTEM)
    with pytest.raises(Refused):
        open_dossier(organisation=organisation, scheme=SHIPPED, by=world.applicant)
    join(organisation=organisation, user=world.applicant, by=SYSTEM)
    assert open_dossier(organisation=organisation, scheme=SHIPPED, by=world.applicant).state == "draft"


def test_many_files_cost_as_many_statements_as_few(
    world: World, django_assert_max_num_queries: object
) -> None:
    organisations = [world.organisation() for _ in range(40)]
    open_dossiers(organisations=organisations[:1], scheme=SHIPPED, by=SYSTEM, role="system")
    with django_assert_max_num_queries(80):  # type: ignore[operator] # SQLite repeats its INSERT for each row
        opened = open_dossiers(organisations=organisations[1:], scheme=SHIPPED, by=SYSTEM, role="system")
    assert len({each.number for each in opened}) == 39
