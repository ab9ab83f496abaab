"""What reviewers take and when they are away: who says it, what is refused, and what verify_trail finds."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.erasures import pieces_of_person
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.reviews.allocation.models import Leave, ReviewerProfile
from accreditation_engine.reviews.allocation.profiles import cancel_leave, change_profile, say_leave
from accreditation_engine.trail.models import Event
from tests.support.world import World
from tests.trail.forging import execute


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def test_a_change_is_an_event_of_what_was_and_what_is(world: World) -> None:
    person, coordinator = world.person("reviewer"), world.person("coordinator")
    change_profile(reviewer=person, by=person, languages=["en", "ar"], countries=["JO"])
    change_profile(reviewer=person, by=coordinator, most=3, senior=True)
    change_profile(reviewer=person, by=coordinator, most=3)
    first, second = Event.objects.filter(stream=person.pk, kind="reviewer_profile").order_by("seq")
    assert first.data == {
        "before": {"languages": [], "countries": []},
        "after": {"languages": ["ar", "en"], "countries": ["JO"]},
    }
    assert (first.role, second.role) == ("reviewer", "coordinator")
    assert second.data["after"] == {"most": 3, "senior": True}
    assert list(verify_all()) == []


def test_nobody_speaks_for_others_or_sets_their_own_limits(world: World) -> None:
    person = world.person("reviewer")
    elsewhere = world.new_person("elsewhere")
    grant_role(user=elsewhere, role="coordinator", scheme="another", by=SYSTEM)
    only_here = world.new_person("only-here")
    grant_role(user=only_here, role="reviewer", scheme="institutional-commitment", by=SYSTEM)
    for by in (world.person("reviewer", 1), world.applicant):
        with pytest.raises(Refused) as refused:
            change_profile(reviewer=person, by=by, languages=["ar"])
        assert [each.code for each in refused.value.reasons] == ["not_their_coordinator"]
    with pytest.raises(Refused):
        change_profile(reviewer=only_here, by=elsewhere, most=1)
    with pytest.raises(Refused) as refused:
        change_profile(reviewer=person, by=person, most=1)
    assert [each.code for each in refused.value.reasons] == ["own_limits"]
    assert not ReviewerProfile.objects.exists()


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"countries": ["EG", "Egypt", "ZY"]}, "Egypt"),
        ({"sectors": ["alchemy"]}, "alchemy"),
        ({"most": 201}, "200"),
    ],
)
def test_what_is_in_no_list_is_refused_in_words(world: World, values: dict[str, object], word: str) -> None:
    person = world.person("reviewer")
    with pytest.raises(Refused, match=word):
        change_profile(reviewer=person, by=world.person("coordinator"), **values)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (3, 2, "leave_backwards"),
        (-5, -1, "leave_over"),
        (0, 731, "leave_endless"),
        (9_000, 9_001, "leave_endless"),
    ],
)
def test_days_that_make_no_leave_are_refused(world: World, first: int, last: int, code: str) -> None:
    person = world.person("reviewer")
    with pytest.raises(Refused) as refused:
        say_leave(reviewer=person, begins_on=in_days(first), ends_on=in_days(last), by=person)
    assert [each.code for each in refused.value.reasons] == [code]


def test_leave_lies_in_the_trail_with_its_reason_beside_it(world: World) -> None:
    person = world.person("reviewer")
    leave = say_leave(
        reviewer=person, begins_on=in_days(1), ends_on=in_days(9), note="عملية جراحية", by=person
    )
    assert "عملية جراحية" in [each.text for each in pieces_of_person(person.pk)]
    for _twice in range(2):
        cancel_leave(leave=leave, by=person)
    assert Event.objects.filter(stream=person.pk, kind="leave_cancelled").count() == 1
    assert list(verify_all()) == []


@pytest.mark.parametrize(
    ("forgery", "code"),
    [
        ("UPDATE reviews_reviewerprofile SET most = 99", "reviewer_profile"),
        ("DELETE FROM reviews_reviewerprofile", "reviewer_profile"),
        ("UPDATE reviews_leave SET ends_on = '2031-01-01'", "leave"),
        ("DELETE FROM reviews_leave", "leave"),
    ],
)
def test_rows_that_no_event_speaks_of_are_named(world: World, forgery: str, code: str) -> None:
    person = world.person("reviewer")
    change_profile(reviewer=person, by=world.person("coordinator"), most=3)
    say_leave(reviewer=person, begins_on=in_days(1), ends_on=in_days(9), by=person)
    with transaction.atomic():
        assert execute(forgery)
        assert {each.code for each in verify_all(stream=person.pk)} == {code}
        transaction.set_rollback(True)
    assert Leave.objects.count() == 1
