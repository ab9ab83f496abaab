"""Visits ahead: at home and in calendars, of those whom they concern."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.calendar.address import renew, secret_of
from accreditation_engine.portal.visits.ahead import visits_ahead
from accreditation_engine.reviews.site_visits.answering import ask_for_another_date
from accreditation_engine.reviews.site_visits.planning import cancel_visit
from tests.portal.visitor import page_of, text_of, visitor
from tests.reviews.site_visits.planned import PLACE, drawn_unit, in_review, planned
from tests.support.world import World


@pytest.fixture
def file(world: World) -> Dossier:
    return in_review(world)


def feed(person: User) -> str:
    response = Client(headers={"accept-language": "en"}).get(
        reverse("calendar", args=[secret_of(renew(person))])
    )
    return response.content.decode().replace("\r\n ", "")


def test_home_shows_visits_to_those_who_meet(world: World, file: Dossier) -> None:
    unit = drawn_unit(world, file)
    visit = planned(world, file, unit=unit)
    for person in (world.applicant, world.person("reviewer")):
        home = visitor(person).get(reverse("home"))
        assert unit in text_of(home)
        assert page_of(file, "visit", visit.seq) in home.content.decode()
    for person in (world.person("reviewer", 1), world.person("coordinator"), world.stranger):
        assert unit not in text_of(visitor(person).get(reverse("home")))


def test_coordinators_see_those_for_which_another_date_is_asked(world: World, file: Dossier) -> None:
    visit, coordinator = planned(world, file), world.person("coordinator")
    assert visits_ahead(User.objects.get(pk=coordinator.pk)) == []
    ask_for_another_date(visit=visit, seen=visit.timed_at, reason="الأحد", by=world.applicant)
    assert visits_ahead(User.objects.get(pk=coordinator.pk)) == [visit]
    cancel_visit(visit=visit, reason="اعتذر", by=coordinator)
    assert visits_ahead(User.objects.get(pk=coordinator.pk)) == []


def test_calendars_have_the_visit_from_its_beginning_to_its_end(world: World, file: Dossier) -> None:
    visit = planned(world, file)
    read = feed(world.person("reviewer"))
    assert f"UID:visit-{file.pk}-{visit.seq}@" in read
    assert f"DTSTART:{visit.begins_at:%Y%m%dT%H%M%S}Z" in read
    assert f"DTEND:{visit.ends_at:%Y%m%dT%H%M%S}Z" in read
    assert PLACE not in read
    assert "visit-" not in feed(world.person("reviewer", 1))
