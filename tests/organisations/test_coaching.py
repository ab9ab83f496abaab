"""A coach is barred from judging an organisation, up to two years after the last day of the work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import end_engagement, engage
from accreditation_engine.organisations.models import Engagement
from accreditation_engine.organisations.roles import coached
from accreditation_engine.trail.models import Event
from tests.support.world import World

TODAY = date(2026, 6, 15)


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier()


def barred(world: World, file: Dossier, *, on: date, ended: date | None, began: date | None = None) -> bool:
    """Whether the stranger, who coached the organisation until `ended`, may not judge it `on` a day."""
    with transaction.atomic():
        Engagement.objects.create(
            coach=world.stranger,
            organisation=file.organisation,
            began_on=began or (ended or on) - timedelta(days=90),
            ended_on=ended,
        )
        with time_machine.travel(f"{on.isoformat()}T10:00:00+02:00"):
            row = Dossier.objects.annotate(barred=coached(Dossier, world.stranger.pk)).get(pk=file.pk)
        transaction.set_rollback(True)
    return bool(row.barred)


def free_from(ended: date) -> date:
    """The same day two years later; 1 March where there is no 29 February."""
    leap_day = (ended.month, ended.day) == (2, 29)
    return date(ended.year + 2, 3, 1) if leap_day else ended.replace(year=ended.year + 2)


@given(
    on=st.dates(date(2020, 1, 1), date(2060, 12, 31)),
    past=st.integers(-30, 1100),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_coach_is_free_when_two_calendar_years_have_gone_by(
    world: World, file: Dossier, on: date, past: int
) -> None:
    ended = on - timedelta(days=past)
    assert barred(world, file, on=on, ended=ended) == (on < free_from(ended))


@pytest.mark.parametrize(
    ("ended", "last_barred", "free"),
    [
        (date(2023, 3, 1), date(2025, 2, 28), date(2025, 3, 1)),  # 29 February 2024 lies between
        (date(2024, 2, 29), date(2026, 2, 28), date(2026, 3, 1)),
        (date(2021, 12, 31), date(2023, 12, 30), date(2023, 12, 31)),
    ],
)
def test_two_years_are_counted_on_the_calendar(
    world: World, file: Dossier, ended: date, last_barred: date, free: date
) -> None:
    assert barred(world, file, on=last_barred, ended=ended)
    assert not barred(world, file, on=free, ended=ended)


def test_a_coach_at_work_is_barred(world: World, file: Dossier) -> None:
    assert barred(world, file, on=TODAY, ended=None)


def test_a_coach_who_has_agreed_to_begin_is_barred(world: World, file: Dossier) -> None:
    assert barred(world, file, on=TODAY, ended=None, began=TODAY + timedelta(days=10))


def test_a_coach_of_another_organisation_is_not_barred(world: World, file: Dossier) -> None:
    Engagement.objects.create(
        coach=world.stranger, organisation=world.organisation(), began_on=TODAY, ended_on=None
    )
    row = Dossier.objects.annotate(barred=coached(Dossier, world.stranger.pk)).get(pk=file.pk)
    assert not row.barred  # type: ignore[attr-defined]


def test_an_engagement_is_an_event_in_the_coachs_stream(world: World, file: Dossier) -> None:
    coach, administrator = world.person("coach"), world.person("administrator")
    engagement = engage(coach=coach, organisation=file.organisation, began_on=TODAY, by=administrator)
    end_engagement(engagement=engagement, ended_on=TODAY + timedelta(days=60), by=administrator)
    events = Event.objects.filter(stream=coach.pk, kind__in=("engaged", "disengaged")).order_by("seq")
    organisation = str(file.organisation_id)
    assert [(each.kind, each.actor, each.data) for each in events] == [
        ("engaged", administrator.pk, {"organisation": organisation, "on": "2026-06-15"}),
        ("disengaged", administrator.pk, {"organisation": organisation, "on": "2026-08-14"}),
    ]


def test_engaged_twice_is_engaged_once_and_what_has_ended_stays_ended(world: World, file: Dossier) -> None:
    coach, organisation = world.person("coach"), file.organisation
    first = engage(coach=coach, organisation=organisation, began_on=TODAY, by=SYSTEM)
    assert engage(coach=coach, organisation=organisation, began_on=TODAY, by=SYSTEM) == first
    end_engagement(engagement=first, ended_on=TODAY, by=SYSTEM)
    end_engagement(engagement=first, ended_on=TODAY + timedelta(days=5000), by=SYSTEM)
    assert Engagement.objects.get(pk=first.pk).ended_on == TODAY
    again = engage(coach=coach, organisation=organisation, began_on=TODAY, by=SYSTEM)
    assert again != first
    assert Event.objects.filter(stream=coach.pk, kind__in=("engaged", "disengaged")).count() == 3


def test_an_engagement_does_not_end_before_it_begins(world: World, file: Dossier) -> None:
    engagement = engage(
        coach=world.person("coach"), organisation=file.organisation, began_on=TODAY, by=SYSTEM
    )
    with pytest.raises(ValueError, match="before"):
        end_engagement(engagement=engagement, ended_on=TODAY - timedelta(days=1), by=SYSTEM)
    assert Engagement.objects.get(pk=engagement.pk).ended_on is None
