"""Handing a review over on a page, and the page of somebody whose review is over."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import engage
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.reviews.queue.waiting_files import reviewers, waiting
from tests.support.world import World

pytestmark = pytest.mark.django_db

AREA = ["mini", "a"]


@pytest.fixture
def file(world: World) -> Dossier:
    return waiting(world, 1)[0]


@pytest.fixture
def people(world: World) -> list[User]:
    return reviewers(world, 3)


def test_the_reviewer_hands_over_and_goes_back_to_the_queue(file: Dossier, people: list[User]) -> None:
    me, other, _third = people
    assignment = claim(dossier=file, by=me)
    client, address = visitor(me), page_of(file, "hand_over", assignment.pk)
    content = text_of(client.get(address))
    assert "is shown to nobody, and does not count" in content
    response = client.post(address, {"to": other.email, "reason": "Ill"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("queue")
    assert f"The review is now with {other.name}." in text_of(response)
    assert Assignment.objects.get(released_at=None).reviewer == other
    assert client.get(page_of(file)).status_code == 404


def test_a_coordinator_hands_over_and_stays_with_the_file(
    world: World, file: Dossier, people: list[User]
) -> None:
    assignment = claim(dossier=file, by=people[0])
    client = visitor(world.person("coordinator"))
    assert page_of(file, "hand_over", assignment.pk) in client.get(page_of(file)).content.decode()
    address = page_of(file, "hand_over", assignment.pk)
    response = client.post(address, {"to": people[1].email, "reason": "Ill"}, follow=True)
    content = text_of(response)
    assert f"The review is now with {people[1].name}." in content
    assert f"{people[1].name} took over from {people[0].name}" in content


def test_what_is_refused_comes_back_as_it_was_typed(world: World, file: Dossier, people: list[User]) -> None:
    me, other, third = people
    assignment = claim(dossier=file, by=me)
    client, address = visitor(me), page_of(file, "hand_over", assignment.pk)
    empty = client.post(address, {"to": third.email, "reason": " "})
    assert empty.status_code == 409
    assert f'value="{third.email}" selected' in empty.content.decode()
    engage(coach=other, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    unfit = client.post(address, {"to": other.email, "reason": "A word to keep"})
    assert unfit.status_code == 409
    assert "has an interest in this organisation" in text_of(unfit)
    assert ">A word to keep</textarea>" in unfit.content.decode()
    assert Assignment.objects.get(released_at=None).reviewer == me


def test_nobody_is_offered_who_must_not_review(file: Dossier, people: list[User]) -> None:
    me, other, third = people
    engage(coach=other, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assignment = claim(dossier=file, by=me)
    content = visitor(me).get(page_of(file, "hand_over", assignment.pk)).content.decode()
    assert third.email in content
    assert other.email not in content
    assert me.email not in content


def test_the_page_of_somebody_elses_review_does_not_exist(
    world: World, file: Dossier, people: list[User]
) -> None:
    me, other, _third = people
    assignment = claim(dossier=file, by=me)
    claim(dossier=file, by=other)
    for person in (other, world.stranger, world.person("panel")):
        address = page_of(file, "hand_over", assignment.pk)
        assert visitor(person).get(address).status_code == 404
        assert visitor(person).post(address, {"to": me.email, "reason": "-"}).status_code == 404
    assert Assignment.objects.filter(released_at=None).count() == 2


def test_reviewers_read_of_each_other_no_more_than_leave_and_load(
    world: World, file: Dossier, people: list[User]
) -> None:
    me, other, third = people
    change_profile(reviewer=other, by=world.person("coordinator"), most=0)
    change_profile(reviewer=third, by=third, countries=["JO"])
    address = page_of(file, "hand_over", claim(dossier=file, by=me).pk)
    told = {who: text_of(visitor(who).get(address)) for who in (me, world.person("coordinator"))}
    assert all("takes no reviews at present" in each for each in told.values())
    assert ["takes no files from this country" in each for each in told.values()] == [False, True]


def test_the_page_costs_the_same_for_many_colleagues(world: World, file: Dossier, people: list[User]) -> None:
    assignment = claim(dossier=file, by=people[0])
    client, address = visitor(people[0]), page_of(file, "hand_over", assignment.pk)
    few = queries_for(client, address)
    for number in range(20):
        world.new_person(f"colleague{number}", "reviewer")
    assert queries_for(client, address) == few <= 12


def test_scores_after_a_hand_over_come_back_with_the_reason(file: Dossier, people: list[User]) -> None:
    """The first reviewer has a page open since before the review was handed over."""
    me, other, _third = people
    assignment = claim(dossier=file, by=me)
    client, address = visitor(me), page_of(file, "review_area", *AREA)
    assert client.get(address).status_code == 200
    hand_over(assignment=assignment, to=other, reason="Ill", by=me)
    response = client.post(address, {"rating-a-1": "3", "text-a-1": "A word to keep", "rating-a-2": "4"})
    assert response.status_code == 409
    content = text_of(response)
    assert "This review was handed over to somebody else on" in content
    for typed in ("A 1 3", "A word to keep", "A 2 4"):
        assert typed in content
    assert file.organisation.name_en not in content
    assert not Rating.objects.exists()
    assert Event.objects.filter(stream=file.pk, kind="refused", actor=me.pk).count() == 1


def test_scores_after_a_hand_over_are_refused_in_arabic(file: Dossier, people: list[User]) -> None:
    me, other, _third = people
    hand_over(assignment=claim(dossier=file, by=me), to=other, reason="مرض", by=me)
    response = visitor(me, "ar").post(page_of(file, "review_area", *AREA), {"text-a-1": "كلمة"})
    assert "أحيلت هذه المراجعة إلى غيرك" in text_of(response)
    assert "ما كتبته" in text_of(response)


def test_a_stranger_who_sends_scores_learns_nothing(world: World, file: Dossier) -> None:
    response = visitor(world.stranger).post(page_of(file, "review_area", *AREA), {"rating-a-1": "3"})
    assert response.status_code == 404


def test_the_coordinator_sees_who_took_a_place_and_when_it_is_due(
    world: World, file: Dossier, people: list[User]
) -> None:
    claim(dossier=file, by=people[0])
    content = text_of(visitor(world.person("coordinator")).get(page_of(file)))
    assert f"{people[0].name} took a place" in content
    assert "due in 21 days" in content
    assert "1 place is open: reviewers find the file in their queue." in content


def test_the_reviewer_sees_when_the_review_is_due(file: Dossier, people: list[User]) -> None:
    claim(dossier=file, by=people[0])
    content = text_of(visitor(people[0]).get(page_of(file, "review")))
    assert "due in 21 days" in content
    assert "Hand it over to a colleague" in content


def test_the_trail_tells_of_places_hand_overs_and_refusals(
    world: World, file: Dossier, people: list[User]
) -> None:
    me, other, third = people
    engage(coach=third, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assignment = claim(dossier=file, by=me)
    visitor(me).post(page_of(file, "hand_over", assignment.pk), {"to": third.email, "reason": "Ill"})
    hand_over(assignment=assignment, to=other, reason="Ill for weeks", by=me)
    content = text_of(visitor(world.person("coordinator")).get(page_of(file, "trail")))
    assert f"Took a place to review: {me.name}" in content
    assert f"Handed over the review: from {me.name} to {other.name}" in content
    assert "Ill for weeks" in content
    assert "Not done: hand over a review" in content
    assert f"{third.name} had an interest in the organisation or its file" in content


def test_home_says_how_many_files_wait(world: World, file: Dossier, people: list[User]) -> None:
    content = text_of(visitor(people[0]).get(reverse("home")))
    assert "1 file waits for a reviewer, and you may take it." in content
    claim(dossier=file, by=people[0])
    assert "No file waits for a reviewer." in text_of(visitor(people[0]).get(reverse("home")))
