"""What waits for somebody at home beside files: a rating to agree on, a visit to confirm, a reviewer to ask, and a
reviewer to whom one may object. Where something does, nothing says that nothing does."""

from __future__ import annotations

from django.urls import reverse

from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.consensus import confirm
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.interests.declaring import declare
from accreditation_engine.reviews.interests.objecting import object_to
from accreditation_engine.reviews.site_visits.answering import confirm_visit
from tests.portal.visitor import page_of, text_of, visitor
from tests.reviews.interests.scheme import asked, declaring_scheme
from tests.reviews.site_visits.planned import in_review, planned
from tests.reviews.test_consensus import GUARDED, RECONCILED, proposed
from tests.support.small import reviewed
from tests.support.world import World, changed, later

NOTHING, ANSWER = "Nothing waits for you", "Waits for your answer"
AGREED_ON = ("waits_for: panel}", "waits_for: panel, shows: {reviewer: [own_ratings, consensus]}}")


def home(person: User) -> str:
    return text_of(visitor(person).get(reverse("home")))


def test_a_proposed_rating_waits_for_the_other_reviewer_and_a_letter_says_so(world: World) -> None:
    world.scheme(changed(GUARDED, AGREED_ON), RECONCILED)
    file = reviewed(world, ("4", "3", "4"), ("1", "2", "4"))
    one, other = (world.person("reviewer", number) for number in (0, 1))
    assert "A rating is proposed" not in home(other)
    for each in (one, other):
        assert "You and the other reviewers are too far apart on 1 criterion. Propose a rating." in home(each)
    proposal = proposed(file, one)
    seen = visitor(other).get(reverse("home"))
    assert "A rating is proposed. Agree with it, or propose another." in text_of(seen)
    assert f"{page_of(file, 'consensus')}#mini-a-1" in seen.content.decode()
    assert NOTHING not in text_of(seen)
    assert "A rating is proposed" not in home(one)
    assert "too far apart" not in home(one)
    letters = Letter.objects.filter(kind="consensus_proposed")
    assert [(each.person_id, each.role) for each in letters] == [(other.pk, "reviewer")]
    confirm(proposal=proposal, by=other)
    assert "A rating is proposed" not in home(other)


def test_a_visit_waits_for_the_organisation_until_it_is_confirmed_or_over(world: World) -> None:
    file = in_review(world)
    visit = planned(world, file)
    text = home(world.applicant)
    assert "A visit waits for your confirmation" in text
    assert NOTHING not in text
    assert "waits for your confirmation" not in home(world.person("reviewer"))
    with later(days=8):
        assert "waits for your confirmation" not in home(world.applicant)
    confirm_visit(visit=visit, seen=visit.timed_at, by=world.applicant)
    assert "waits for your confirmation" not in home(world.applicant)


def test_a_place_that_was_given_back_waits_for_the_coordinator(world: World) -> None:
    declaring_scheme(world, "reviewing: {places: 2, claim: true, declare: true}")
    assignment = asked(world)
    coordinator = world.person("coordinator")
    assert "place" not in home(coordinator).partition("Other files")[0]
    declare(dossier=assignment.dossier, role="reviewer", ties={"family": "أخي"}, by=assignment.reviewer)
    seen = visitor(coordinator).get(reverse("home"))
    assert "2 places of reviewers are open. Nobody reviews this file any more." in text_of(seen)
    assert "Waits for you 1" in text_of(seen)
    assert f"{page_of(assignment.dossier)}#reviewers" in seen.content.decode()
    assert NOTHING not in text_of(seen)
    other = asked(world, 1, assignment.dossier)
    assert "1 place of a reviewer is open." in home(coordinator)
    asked(world, 2, assignment.dossier)
    assert "open." not in home(coordinator)
    release(assignment=other, by=other.reviewer, reason="سفر")
    assert "Somebody who had one reviews this file no more." in home(coordinator)


def test_the_organisation_finds_until_when_it_may_object(world: World) -> None:
    declaring_scheme(world)
    assignment = asked(world)
    text = home(world.applicant)
    assert f"{assignment.reviewer.name} reviews your file." in text
    assert "you may object until" in text
    assert NOTHING not in text
    with later(days=6):
        assert "you may object until" not in home(world.applicant)
    object_to(assignment=assignment, reason="x", by=world.applicant)
    assert "you may object until" not in home(world.applicant)
