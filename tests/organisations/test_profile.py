"""What an organisation says of itself, and papers that run out: told by events, and reminded of in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.document_reminders import remind_of_documents, rule_on
from accreditation_engine.organisations.domain import leave
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.letters.told import tell
from accreditation_engine.organisations.models import Membership
from accreditation_engine.organisations.profile import Said, date_documents, profile_of, say_profile
from accreditation_engine.trail.models import Event
from tests.support.world import World, later

TODAY = date(2026, 11, 26)


def test_profile_is_what_was_said_last(world: World) -> None:
    organisation = world.organisation()
    say_profile(organisation=organisation, said=Said("association", 4, 250_000), by=world.applicant)
    say_profile(organisation=organisation, said=Said("association", 5, None), by=world.applicant)
    say_profile(organisation=organisation, said=Said("association", 5, None), by=world.applicant)
    assert profile_of(organisation.pk).said == Said("association", 5, None)
    events = Event.objects.filter(stream=organisation.pk, kind="profile_said").order_by("seq")
    assert [each.data["after"] for each in events] == [
        {"legal_form": "association", "staff": 4, "budget": 250_000},
        {"staff": 5, "budget": None},
    ]
    assert not list(verify_all(stream=organisation.pk))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("club"), "unknown_legal_form"),
        (Said(staff=-1), "number_impossible"),
        (Said(budget=10**13), "number_impossible"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(world: World, said: Said, code: str) -> None:
    organisation = world.organisation()
    with pytest.raises(Refused) as refused:
        say_profile(organisation=organisation, said=said, by=world.applicant)
    assert [each.code for each in refused.value.reasons] == [code]
    assert profile_of(organisation.pk).said == Said()


def test_nobody_else_says_anything_of_an_organisation(world: World) -> None:
    organisation = world.organisation()
    for person in (world.stranger, world.person("coordinator")):
        with pytest.raises(Refused):
            date_documents(organisation=organisation, until={"licence": TODAY}, by=person)


@pytest.mark.parametrize(
    ("days", "rule"),
    [(31, ""), (30, "P30D"), (8, "P30D"), (7, "P7D"), (0, "P7D"), (-1, "P0D"), (-30, "P0D"), (-31, "")],
)
def test_rule_that_holds_is_the_last_that_has_come(days: int, rule: str) -> None:
    assert rule_on(TODAY + timedelta(days=days), TODAY) == rule


def test_people_are_reminded_once_for_each_rule_until_the_day_is_another(world: World) -> None:
    organisation = world.organisation()
    day = timezone.localdate() + timedelta(days=20)
    date_documents(organisation=organisation, until={"licence": day}, by=world.applicant)
    for _round in range(2):
        remind_of_documents()
    (letter,) = Letter.objects.filter(person=world.applicant, kind="document")
    with translation.override("ar"):
        assert "«ترخيص مزاولة النشاط» سارية حتى" in tell([letter], {})[letter.pk]
    with later(days=15):
        remind_of_documents()
        assert Letter.objects.filter(kind="document").count() == 2
        date_documents(
            organisation=organisation, until={"licence": day + timedelta(days=365)}, by=world.applicant
        )
        remind_of_documents()
        assert Letter.objects.filter(kind="document").count() == 2


def test_who_has_left_is_not_told(world: World) -> None:
    organisation = world.organisation()
    until = {"bank_letter": timezone.localdate() - timedelta(days=2)}
    date_documents(organisation=organisation, until=until, by=world.applicant)
    remind_of_documents()
    letter = Letter.objects.get(kind="document")
    assert tell([letter], {})
    leave(membership=Membership.objects.get(organisation=organisation), by=world.applicant)
    assert tell([letter], {}) == {}
