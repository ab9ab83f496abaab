"""The organisation objects to a reviewer; a coordinator answers; nothing is lost meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import join
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.interests.models import Objection
from accreditation_engine.reviews.interests.objecting import answer_objection, object_to, objection_until
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.rules import reviewer_unfit
from accreditation_engine.trail.models import Event, Text
from tests.support.small import ask, fill
from tests.support.world import World, at_once, later

from .scheme import asked, declaring_scheme, free, refused


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    declaring_scheme(world)


def objected(world: World, assignment: Assignment) -> Objection:
    return object_to(assignment=assignment, reason="كان خصما لنا في دعوى", by=world.applicant)


def test_objection_is_an_event_with_its_reason_beside(world: World) -> None:
    objection = objected(world, asked(world))
    event = Event.objects.get(stream=objection.dossier_id, kind="objected")
    assert (event.actor, event.role, event.seq) == (world.applicant.pk, "applicant", objection.seq)
    assert event.data["reviewer"] == str(objection.reviewer_id)
    assert Text.objects.get(stream=event.stream, seq=event.seq).text == "كان خصما لنا في دعوى"
    assert list(verify_all()) == []


def test_coordinators_are_told_at_once(world: World) -> None:
    objected(world, asked(world))
    letter = Letter.objects.get(kind="objection_made")
    assert (letter.person, letter.urgent) == (world.person("coordinator"), True)


def test_organisation_is_told_who_reviews_and_until_when_it_may_object(world: World) -> None:
    assignment = asked(world)
    until = objection_until(assignment.dossier, assignment)
    assert until is not None
    letter = Letter.objects.get(kind="reviewer_named")
    assert letter.person == world.applicant
    assert letter.facts["until"].startswith(until.date().isoformat())


def test_review_waits_while_an_objection_is_open(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4", "4", "4")
    objection = objected(world, assignment)
    fill(assignment, "3")
    assert refused(lambda: perform(assignment.dossier, "send_review", assignment.reviewer)) == [
        "objection_open"
    ]
    answer_objection(objection=objection, uphold=False, reason="لا صلة", by=world.person("coordinator"))
    perform(assignment.dossier, "send_review", assignment.reviewer)
    assert Assignment.objects.get().sent_at
    assert list(verify_all()) == []


def test_reviews_are_not_closed_while_an_objection_is_open(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4", "4", "4")
    perform(assignment.dossier, "send_review", assignment.reviewer)
    objection = objected(world, assignment)
    assert refused(lambda: world.perform(assignment.dossier, "close")) == ["objections_open"]
    answer_objection(objection=objection, uphold=True, reason="صحيح", by=world.person("coordinator"))
    assert refused(lambda: world.perform(assignment.dossier, "close")) == ["reviews_missing"]


def test_upheld_objection_takes_the_review_and_keeps_the_ratings(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4")
    objection = objected(world, assignment)
    answer_objection(objection=objection, uphold=True, reason="صحيح", by=world.person("coordinator"))
    assignment.refresh_from_db()
    assert assignment.released_at
    assert Rating.objects.filter(assignment=assignment).count() == 1
    kinds = list(
        Event.objects.filter(stream=assignment.dossier_id).order_by("seq").values_list("kind", flat=True)
    )
    assert kinds[-2:] == ["objection_upheld", "released"]
    against = reviewer_unfit(assignment.dossier, assignment.reviewer)
    assert [each.parameters["interests"] for each in against] == [["objection_upheld"]]
    letters = Letter.objects.filter(kind__in=("objection_answered", "review_taken"))
    told = {(each.kind, each.person) for each in letters}
    assert told == {("objection_answered", world.applicant), ("review_taken", assignment.reviewer)}
    assert list(verify_all()) == []


def test_rejected_objection_is_told_to_both(world: World) -> None:
    assignment = asked(world)
    answer_objection(
        objection=objected(world, assignment), uphold=False, reason="-", by=world.person("coordinator")
    )
    told = {each.person for each in Letter.objects.filter(kind="objection_answered")}
    assert told == {world.applicant, assignment.reviewer}
    assert reviewer_unfit(assignment.dossier, assignment.reviewer)[0].code == "assigned_already"


def test_days_end_with_the_moment_that_the_workflow_gives(world: World) -> None:
    assignment = asked(world)
    with later(days=4, hours=23):
        objected(world, assignment)
    other = asked(world, 1, assignment.dossier)
    with later(days=5, minutes=1):
        assert refused(lambda: objected(world, other)) == ["objection_too_late"]
    assert Objection.objects.count() == 1


def test_one_objects_to_a_reviewer_once(world: World) -> None:
    assignment = asked(world)
    objection = objected(world, assignment)
    assert refused(lambda: objected(world, assignment)) == ["objected_already"]
    answer_objection(objection=objection, uphold=False, reason="-", by=world.person("coordinator"))
    assert refused(lambda: objected(world, assignment)) == ["objected_already"]


@pytest.mark.django_db(transaction=True)
def test_objection_is_made_once_when_two_make_it_at_once(world: World) -> None:
    assignment = asked(world)
    outcomes = at_once(*[lambda: objected(world, assignment)] * 2)
    assert {type(each) for each in outcomes} == {Objection, Refused}
    assert Objection.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_objection_is_answered_once_when_two_answer_at_once(world: World) -> None:
    objection, coordinator = objected(world, asked(world)), world.person("coordinator")
    answers = [
        lambda uphold=uphold: answer_objection(objection=objection, uphold=uphold, reason="-", by=coordinator)
        for uphold in (True, False)
    ]
    outcomes = at_once(*answers)
    assert [type(each) for each in outcomes].count(Refused) == 1
    assert list(verify_all()) == []


def test_nobody_objects_to_who_is_gone(world: World) -> None:
    assignment = asked(world)
    release(assignment=assignment, by=world.person("coordinator"), reason="-")
    assert refused(lambda: objected(world, assignment)) == ["reviewer_gone"]


def test_nobody_objects_once_reviews_are_closed(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4", "4", "4")
    perform(assignment.dossier, "send_review", assignment.reviewer)
    world.perform(assignment.dossier, "close")
    assert refused(lambda: objected(world, assignment)) == ["assignment_closed"]


def test_only_the_organisation_objects_with_a_reason(world: World) -> None:
    assignment = asked(world)
    for person in (world.stranger, world.person("coordinator"), world.person("reviewer")):
        assert refused(lambda person=person: object_to(assignment=assignment, reason="x", by=person)) == [
            "not_your_role"
        ]
    assert refused(lambda: object_to(assignment=assignment, reason=" ", by=world.applicant)) == [
        "comment_missing"
    ]


def test_only_a_coordinator_without_an_interest_answers(world: World) -> None:
    objection = objected(world, asked(world))

    def answer(by: Any, reason: str = "-") -> Any:
        return lambda: answer_objection(objection=objection, uphold=True, reason=reason, by=by)

    for person in (world.applicant, world.person("reviewer"), world.person("panel"), world.stranger):
        assert refused(answer(person)) in (["not_your_role"], ["declare_first"])
    assert refused(answer(world.person("coordinator"), "")) == ["comment_missing"]
    join(organisation=objection.dossier.organisation, user=world.person("coordinator"), by=SYSTEM)
    assert refused(answer(world.person("coordinator"))) == ["interest_bars"]
    assert Objection.objects.get().answered_at is None


def test_no_objection_where_the_scheme_does_not_give_days(world: World) -> None:
    declaring_scheme(world, "reviewing: {places: 1}")
    assignment = ask(world, world.dossier("in_review", scheme="mini"), world.person("reviewer"))
    assert refused(lambda: objected(world, assignment)) == ["objection_not_asked"]
    assert not Letter.objects.filter(kind="reviewer_named").exists()
