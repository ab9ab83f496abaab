"""Taking a place, and what is said to whoever may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import roles_of
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.reasons import Refused, in_words
from accreditation_engine.organisations.domain import engage, join
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim, claim_next
from accreditation_engine.reviews.queue.waiting import offered_to
from accreditation_engine.trail.models import Event
from tests.support.world import TINY, World, later, overdue

from .waiting_files import QUEUED, claim_by, reviewers, waiting

pytestmark = pytest.mark.django_db


def refused(dossier: Dossier, by: User) -> list[dict[str, Any]]:
    with pytest.raises(Refused) as refusal:
        claim(dossier=dossier, by=by)
    return [each.as_data() for each in refusal.value.reasons]


def test_a_claim_makes_an_assignment_and_its_event(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    assignment = claim(dossier=file, by=me)
    assert (assignment.reviewer, assignment.origin, assignment.released_at) == (me, "claimed", None)
    assert assignment.due_at is not None
    assert assignment.due_at - assignment.assigned_at == timedelta(days=21)
    event = Event.objects.get(stream=file.pk, kind="claimed")
    assert (event.actor, event.role) == (me.pk, "reviewer")
    assert event.data == {
        "reviewer": str(me.pk),
        "name_digest": me.name_digest,
        "due_at": assignment.due_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
    assert roles_of(me, file) == {"reviewer"}


def test_a_file_has_as_many_places_as_its_workflow_says(world: World) -> None:
    (file,), people = waiting(world, 1, places=3), reviewers(world, 4)
    claim_by(file, *people[:3])
    assert refused(file, people[3]) == [{"code": "places_taken", "places": 3}]
    assert Assignment.objects.filter(dossier=file).count() == 3


def test_somebody_whom_a_coordinator_asked_takes_a_place_too(world: World) -> None:
    (file,), (asked, me) = waiting(world, 1, places=1), reviewers(world, 2)
    assign(dossier=file, reviewer=asked, by=world.person("coordinator"))
    assert [each["code"] for each in refused(file, me)] == ["places_taken"]


def test_a_place_that_is_given_back_is_open_again_for_others(world: World) -> None:
    (file,), (me, other) = waiting(world, 1, places=1), reviewers(world, 2)
    release(assignment=claim(dossier=file, by=me), by=me, reason="مسافر")
    assert list(offered_to(me)) == []
    assert [each["code"] for each in refused(file, me)] == ["given_back"]
    assert list(offered_to(other)) == [file]
    claim(dossier=file, by=other)


def test_what_one_gave_back_a_coordinator_can_ask_for_again(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    release(assignment=claim(dossier=file, by=me), by=me, reason="مسافر")
    assign(dossier=file, reviewer=me, by=world.person("coordinator"))
    assert roles_of(me, file) == {"reviewer"}


def test_nobody_claims_twice(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    claim(dossier=file, by=me)
    assert [each["code"] for each in refused(file, me)] == ["yours_already"]


def test_nobody_claims_more_than_a_coordinator_lets_them_write_at_a_time(world: World) -> None:
    files, (me, other) = waiting(world, 3), reviewers(world, 2)
    change_profile(reviewer=me, by=world.person("coordinator"), most=1)
    held = claim_next(by=me)
    assert held is not None
    open_ = next(each for each in files if each != held.dossier)
    assert refused(open_, me) == [{"code": "own_load_full", "most": 1}]
    with pytest.raises(Refused, match="العدد الذي حدده لك المنسق: 1"):
        claim_next(by=me)
    assert claim_next(by=other) is not None
    release(assignment=held, by=me, reason="مسافر")
    assert claim(dossier=open_, by=me).reviewer == me
    file = next(each for each in files if each not in (open_, held.dossier))
    assert assign(dossier=file, reviewer=me, by=world.person("coordinator")).reviewer == me


def test_nobody_claims_where_the_workflow_does_not_let_them(world: World) -> None:
    text = QUEUED.replace("claim: true", "claim: false")
    (file,), (me,) = waiting(world, 1, text=text), reviewers(world, 1)
    assert list(offered_to(me)) == []
    assert [each["code"] for each in refused(file, me)] == ["claims_closed"]
    assert claim_next(by=me) is None


def test_nobody_claims_where_the_workflow_says_nothing_of_reviewing(world: World) -> None:
    world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    assert [each["code"] for each in refused(file, world.person("reviewer"))] == ["claims_closed"]


def test_a_file_that_is_not_in_review_waits_for_nobody(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    world.perform(file, "pause")
    assert list(offered_to(me)) == []
    assert [each["code"] for each in refused(file, me)] == ["not_in_queue"]
    world.perform(file, "resume")
    assert list(offered_to(me)) == [file]


def test_a_file_whose_time_has_run_out_waits_for_nobody(world: World) -> None:
    file, (me,) = world.dossier("in_review"), reviewers(world, 1)
    release_all(world, file)
    assert list(offered_to(me)) == [file]
    with overdue(file):
        assert list(offered_to(me)) == []
        assert [each["code"] for each in refused(file, me)] == ["deadline_passed"]


def release_all(world: World, file: Dossier) -> None:
    for each in Assignment.objects.filter(dossier=file):
        release(assignment=each, by=world.person("coordinator"), reason="لأسباب الاختبار")


def test_nobody_claims_without_the_role(world: World) -> None:
    (file,) = waiting(world, 1)
    assert list(offered_to(world.stranger)) == []
    assert [each["code"] for each in refused(file, world.stranger)] == ["not_a_reviewer"]


def test_nobody_claims_whose_role_has_ended(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    RoleGrant.objects.filter(user=me).update(until=timezone.now())
    assert list(offered_to(me)) == []
    assert [each["code"] for each in refused(file, me)] == ["not_a_reviewer"]


def test_a_refused_claim_is_in_the_trail_and_names_nobody(world: World) -> None:
    (file,), (me,) = waiting(world, 1), reviewers(world, 1)
    engage(coach=me, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assert refused(file, me) == [{"code": "your_interest", "interests": ["coach"]}]
    event = Event.objects.get(stream=file.pk, kind="refused")
    assert (event.actor, event.role, event.transition) == (me.pk, "reviewer", "")
    assert event.data == {"act": "claim", "reasons": [{"code": "your_interest", "interests": ["coach"]}]}
    assert not Assignment.objects.filter(dossier=file).exists()


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    "reason",
    ["claims_closed", "not_in_queue", "places_taken", "given_back", "not_a_reviewer", "yours_already"],
)
def test_every_refusal_has_words_in_both_languages(language: str, reason: str) -> None:
    with override(language):
        words = in_words(reason, {"places": 2})
    assert words
    assert reason not in words
    assert any("\u0600" < each < "\u06ff" for each in words) == (language == "ar")


def test_the_next_is_the_first_of_ones_queue(world: World) -> None:
    files, (me,) = waiting(world, 4), reviewers(world, 1)
    order = [each.pk for each in offered_to(me)]
    taken = [claim_next(by=me) for _ in files]
    assert [each.dossier_id for each in taken if each] == order
    assert claim_next(by=me) is None


def test_everybody_begins_with_the_first_of_their_own_queue(world: World) -> None:
    waiting(world, 8)
    for person in reviewers(world, 5):
        first = offered_to(person)[0]
        taken = claim_next(by=person)
        assert taken is not None
        assert taken.dossier == first


def test_a_place_whose_time_runs_out_meanwhile_is_not_the_next(world: World) -> None:
    """What is asked often is asked of the time at which it is asked."""
    text = QUEUED.replace(
        "waits_for: reviewer\n", "waits_for: reviewer\n    deadline: {after: P5D, then: expire}\n", 1
    )
    text += "  expire: {title: {ar: انقضاء, en: Expire}, from: [in_review], to: paused, by: [system]}\n"
    waiting(world, 2, text=text)
    one, other = reviewers(world, 2)
    assert claim_next(by=one) is not None
    with later(days=20):
        assert claim_next(by=other) is None


def test_the_next_skips_what_one_must_not_review(world: World) -> None:
    waiting(world, 3)
    (me,) = reviewers(world, 1)
    first, second, third = offered_to(me)
    engage(coach=me, organisation=first.organisation, began_on=timezone.localdate(), by=SYSTEM)
    join(organisation=second.organisation, user=me, by=SYSTEM)
    taken = claim_next(by=me)
    assert taken is not None
    assert taken.dossier == third
    assert claim_next(by=me) is None
    assert not Event.objects.filter(kind="refused").exists()


def test_the_next_is_taken_in_a_handful_of_statements(
    world: World, django_assert_max_num_queries: Any
) -> None:
    """The more files wait, the more rows are looked at, and no statement more is sent."""
    waiting(world, 30)
    (me,) = reviewers(world, 1)
    claim_next(by=me)
    with django_assert_max_num_queries(11):
        claim_next(by=me)
