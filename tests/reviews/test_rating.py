"""Rating: each reviewer alone, on the scale, until the review is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.reviews.domain import Rated, rate, release
from accreditation_engine.reviews.interests.declaring import declare_none
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.salted import salted_digest
from tests.support.small import ask, fill, reviewed, small_scheme
from tests.support.world import World, at_once


@pytest.fixture
def file(world: World) -> Dossier:
    small_scheme(world)
    return world.dossier("in_review", scheme="mini")


@pytest.fixture
def review(world: World, file: Dossier) -> Assignment:
    return ask(world, file, world.person("reviewer"))


def refusal(assignment: Assignment, by: User, values: dict[tuple[str, str], str]) -> list[str]:
    with pytest.raises(Refused) as refused:
        rate(assignment=assignment, ratings={key: Rated(value) for key, value in values.items()}, by=by)
    return [each.code for each in refused.value.reasons]


def stored(assignment: Assignment) -> dict[str, str]:
    return dict(Rating.objects.filter(assignment=assignment).values_list("criterion", "value"))


A1 = ("mini", "a-1")


def test_ratings_are_kept_and_told(file: Dossier, review: Assignment) -> None:
    fill(review, "3", "not_applicable")
    assert stored(review) == {"a-1": "3", "a-2": "not_applicable"}
    event = Event.objects.get(stream=file.pk, kind="rated")
    assert (event.actor, event.role) == (review.reviewer_id, "reviewer")
    assert event.data == {"ratings": {"mini": {"a-1": "3", "a-2": "not_applicable"}}, "notes": {}}


def test_an_endless_note_is_refused_and_nothing_is_kept(review: Assignment) -> None:
    with pytest.raises(Refused) as refused:
        rate(assignment=review, ratings={A1: Rated("3", "x" * 20_001)}, by=review.reviewer)
    assert [each.code for each in refused.value.reasons] == ["entry_too_long"]
    assert stored(review) == {}


def test_only_changes_are_told(file: Dossier, review: Assignment) -> None:
    fill(review, "3", "2")
    fill(review, "٣", "1")
    events = Event.objects.filter(stream=file.pk, kind="rated").order_by("seq")
    assert [each.data["ratings"]["mini"] for each in events] == [{"a-1": "3", "a-2": "2"}, {"a-2": "1"}]
    fill(review, "3", "1")
    assert events.count() == 2


def test_a_note_is_kept_and_is_a_change(review: Assignment) -> None:
    assert rate(assignment=review, ratings={A1: Rated("3", " محضر\x00 ")}, by=review.reviewer) == [A1]
    kept = Rating.objects.get(assignment=review)
    assert kept.note == "محضر"
    event = Event.objects.get(stream=review.dossier_id, kind="rated")
    assert event.data["notes"] == {"mini": {"a-1": salted_digest(kept.note_salt, "محضر")}}
    assert rate(assignment=review, ratings={A1: Rated("3", "محضر")}, by=review.reviewer) == []


@pytest.mark.parametrize("value", ["5", "-1", "2.5", "good", "1e0", "9" * 30])
def test_what_is_off_the_scale_is_refused_and_nothing_kept(review: Assignment, value: str) -> None:
    assert refusal(review, review.reviewer, {A1: "3", ("mini", "a-2"): value}) == ["bad_rating"]
    assert stored(review) == {}


def test_an_unknown_criterion_or_rubric_is_refused(review: Assignment) -> None:
    values = {("mini", "a-9"): "1", ("code-of-conduct", "duty-1"): "1"}
    assert sorted(refusal(review, review.reviewer, values)) == ["bad_rating", "unknown_rubric"]


def test_nobody_rates_in_somebody_elses_review(world: World, file: Dossier, review: Assignment) -> None:
    ask(world, file, world.person("reviewer", 1))
    assert refusal(review, world.person("reviewer", 1), {A1: "0"}) == ["not_your_review"]
    for person in (world.person("coordinator"), world.person("panel"), world.applicant, world.stranger):
        assert refusal(review, person, {A1: "0"}) == ["not_your_role"]
    assert stored(review) == {}


def test_a_reviewer_who_was_not_asked_rates_nothing(world: World, review: Assignment) -> None:
    grant_role(user=world.stranger, role="reviewer", by=SYSTEM)
    assert refusal(review, world.stranger, {A1: "0"}) == ["not_your_role"]


def test_a_reviewer_whose_role_has_ended_rates_no_more(review: Assignment) -> None:
    RoleGrant.objects.filter(user=review.reviewer).update(until=timezone.now())
    assert refusal(review, review.reviewer, {A1: "3"}) == ["not_your_role"]


def test_a_review_given_back_is_closed(world: World, review: Assignment) -> None:
    fill(review, "1")
    release(assignment=review, by=review.reviewer, reason="-")
    assert refusal(review, review.reviewer, {A1: "3"}) == ["review_closed"]
    again = ask(world, review.dossier, review.reviewer)
    assert refusal(review, review.reviewer, {A1: "3"}) == ["review_closed"]
    assert stored(again) == {}


def test_a_sent_review_is_closed_even_to_an_old_page(file: Dossier, review: Assignment) -> None:
    old = Assignment.objects.get(pk=review.pk)
    fill(review, "3", "3", "3")
    perform(file, "send_review", review.reviewer)
    assert refusal(old, review.reviewer, {A1: "0"}) == ["review_closed"]
    assert stored(review)["a-1"] == "3"


def test_a_review_is_closed_in_a_state_that_sends_none(world: World) -> None:
    file = world.dossier("screening")
    review = ask(world, file, world.person("reviewer"))
    declare_none(dossier=file, role="reviewer", by=review.reviewer)
    assert refusal(review, review.reviewer, {("code-of-conduct", "duty-1"): "1"}) == ["review_closed"]


def test_a_review_is_sent_when_every_criterion_is_rated(file: Dossier, review: Assignment) -> None:
    fill(review, "3", "", "unable_to_verify")
    with pytest.raises(Refused) as refused:
        perform(file, "send_review", review.reviewer)
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "ratings_missing", "count": 1, "criteria": ["a-2"]}
    ]
    fill(review, "3", "not_applicable")
    perform(file, "send_review", review.reviewer)
    assert Assignment.objects.get(pk=review.pk).sent_at is not None


def test_a_review_is_sent_once(file: Dossier, review: Assignment) -> None:
    fill(review, "3", "3", "3")
    perform(file, "send_review", review.reviewer)
    with pytest.raises(Refused) as refused:
        perform(file, "send_review", review.reviewer)
    assert [each.code for each in refused.value.reasons] == ["review_closed"]


def test_sending_closes_ones_own_review_only(world: World, file: Dossier, review: Assignment) -> None:
    other = ask(world, file, world.person("reviewer", 1))
    fill(review, "3", "3", "3")
    perform(file, "send_review", review.reviewer)
    assert Assignment.objects.get(pk=other.pk).sent_at is None
    fill(other, "1")
    assert stored(review) == {"a-1": "3", "a-2": "3", "b-1": "3"}
    assert stored(other) == {"a-1": "1"}


def test_ratings_of_somebody_else_do_not_complete_a_review(
    world: World, file: Dossier, review: Assignment
) -> None:
    other = ask(world, file, world.person("reviewer", 1))
    fill(review, "3", "3", "3")
    with pytest.raises(Refused) as refused:
        perform(file, "send_review", other.reviewer)
    assert refused.value.reasons[0].parameters["count"] == 3


def test_the_event_keeps_the_digest_of_ones_own_ratings(file: Dossier, review: Assignment) -> None:
    fill(review, "3", "2", "1")
    event = perform(file, "send_review", review.reviewer)
    rows = [
        {"rubric": "mini", "criterion": name, "value": value}
        for name, value in (("a-1", "3"), ("a-2", "2"), ("b-1", "1"))
    ]
    assert event.data["judged"]["ratings"] == digest_of(rows)


def test_a_review_counts_only_when_it_is_sent(world: World, file: Dossier, review: Assignment) -> None:
    other = ask(world, file, world.person("reviewer", 1))
    fill(review, "4", "4", "4")
    perform(file, "send_review", review.reviewer)
    fill(other, "0", "0", "0")
    assert sheets_of(file)["mini"].outcome == "gold"
    perform(file, "send_review", other.reviewer)
    assert str(sheets_of(file)["mini"].percent) == "50.00"


def test_ratings_of_a_review_given_back_do_not_count(world: World, file: Dossier, review: Assignment) -> None:
    other = ask(world, file, world.person("reviewer", 1))
    fill(other, "0", "0", "0")
    release(assignment=other, by=other.reviewer, reason="-")
    fill(review, "4", "4", "4")
    perform(file, "send_review", review.reviewer)
    world.perform(file, "close")
    assert sheets_of(file)["mini"].outcome == "gold"


def test_everybody_who_was_asked_must_have_sent(world: World, file: Dossier, review: Assignment) -> None:
    ask(world, file, world.person("reviewer", 1))
    fill(review, "4", "4", "4")
    perform(file, "send_review", review.reviewer)
    with pytest.raises(Refused) as refused:
        world.perform(file, "close")
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "reviews_missing", "wanted": 2, "have": 1}
    ]


def test_the_shipped_scheme_wants_two_reviews(world: World) -> None:
    file = world.dossier("in_review")
    for assignment in file.assignments.all():
        release(assignment=assignment, by=world.person("coordinator"), reason="-")
    with pytest.raises(Refused) as refused:
        world.perform(file, "close_review")
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "reviews_missing", "wanted": 2, "have": 0}
    ]


def test_the_sheet_is_of_the_mean_of_the_reviews(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "3", "not_applicable"), ("3", "3", "not_applicable"), ("2", "3", "1"))
    sheet = sheets_of(file)["mini"]
    assert str(sheet.areas["a"].score) == "3.00"
    assert str(sheet.areas["b"].score) == "1.00"


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_rate_and_send_at_once(world: World) -> None:
    small_scheme(world)
    file = world.dossier("in_review", scheme="mini")
    reviews = [ask(world, file, world.person("reviewer", number)) for number in range(2)]

    def work(review: Assignment, value: str) -> Any:
        fill(review, value, value, value)
        return perform(Dossier.objects.get(pk=file.pk), "send_review", review.reviewer)

    outcomes = at_once(lambda: work(reviews[0], "4"), lambda: work(reviews[1], "2"))
    assert {type(each) for each in outcomes} == {Event}
    assert str(sheets_of(file)["mini"].percent) == "75.00"


def test_reviews_sent_together_bear_each_the_time_of_its_own_event(world: World) -> None:
    small_scheme(world)
    reviewer, files = world.person("reviewer"), [world.dossier("in_review", scheme="mini") for _ in range(2)]
    for each in files:
        fill(ask(world, each, reviewer), "4", "4", "4")
    sent = perform_many(files, "send_review", reviewer).events
    for assignment in Assignment.objects.all():
        assert assignment.sent_at == sent[assignment.dossier_id].at
    assert list(verify_all()) == []
