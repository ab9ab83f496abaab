"""Who can be asked to review a file, by whom and when; and giving the task back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import roles_of
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import engage, grant_role, join, leave
from accreditation_engine.organisations.models import Engagement, RoleGrant, User
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.trail.content import timestamp
from accreditation_engine.trail.models import Event
from tests.support.small import reviewed, small_scheme
from tests.support.world import World, at_once, changed

SHIPPED_TEXT = (settings.WORKFLOWS_DIR / "institutional-commitment.yaml").read_text()
SHIPPED_RUBRICS = [each.read_text() for each in settings.RUBRICS_DIR.glob("*.yaml")]


@pytest.fixture
def file(world: World) -> Dossier:
    return world.dossier("screening")


def ask(world: World, file: Dossier, reviewer: User) -> Assignment:
    return assign(dossier=file, reviewer=reviewer, by=world.person("coordinator"))


def unfit(world: World, file: Dossier, reviewer: User) -> list[dict[str, object]]:
    with pytest.raises(Refused) as refused:
        ask(world, file, reviewer)
    found = [each.as_data() for each in refused.value.reasons]
    return [{key: value for key, value in each.items() if key != "name"} for each in found]


def test_an_assignment_is_an_event_that_names_the_reviewer(world: World, file: Dossier) -> None:
    reviewer = world.person("reviewer")
    ask(world, file, reviewer)
    event = Event.objects.get(stream=file.pk, kind="assigned")
    assert (event.actor, event.role) == (world.person("coordinator").pk, "coordinator")
    due = file.assignments.get().due_at
    assert due is not None
    assert event.data == {
        "reviewer": str(reviewer.pk),
        "name_digest": reviewer.name_digest,
        "due_at": timestamp(due),
    }
    assert roles_of(reviewer, file) == {"reviewer"}


def test_nobody_reviews_without_the_role(world: World, file: Dossier) -> None:
    assert unfit(world, file, world.stranger) == [{"code": "no_reviewer"}]
    grant_role(user=world.stranger, role="reviewer", by=SYSTEM, scheme="tiny")
    assert unfit(world, file, world.stranger) == [{"code": "no_reviewer"}]


def test_nobody_reviews_whose_role_has_ended_or_who_is_gone(world: World, file: Dossier) -> None:
    ended, gone = world.person("reviewer", 0), world.person("reviewer", 1)
    RoleGrant.objects.filter(user=ended).update(until=timezone.now())
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert unfit(world, file, ended) == unfit(world, file, gone) == [{"code": "no_reviewer"}]


def test_nobody_is_asked_twice(world: World, file: Dossier) -> None:
    ask(world, file, world.person("reviewer"))
    assert unfit(world, file, world.person("reviewer")) == [{"code": "assigned_already"}]


def test_a_member_does_not_review_their_own_organisation(world: World, file: Dossier) -> None:
    join(organisation=file.organisation, user=world.person("reviewer"), by=SYSTEM)
    assert unfit(world, file, world.person("reviewer")) == [{"code": "has_interest", "interests": ["member"]}]


def test_a_former_member_does_not_review_it_either(world: World, file: Dossier) -> None:
    membership = join(organisation=file.organisation, user=world.person("reviewer"), by=SYSTEM)
    leave(membership=membership, by=SYSTEM)
    assert unfit(world, file, world.person("reviewer")) == [
        {"code": "has_interest", "interests": ["former_member"]}
    ]


def test_a_member_of_another_organisation_does(world: World, file: Dossier) -> None:
    join(organisation=world.organisation(), user=world.person("reviewer"), by=SYSTEM)
    assert ask(world, file, world.person("reviewer")).reviewer == world.person("reviewer")


@pytest.mark.parametrize(("ended", "barred"), [(None, True), (300, True), (729, True), (735, False)])
def test_a_coach_does_not_review_what_they_coached(
    world: World, file: Dossier, ended: int | None, barred: bool
) -> None:
    today = timezone.localdate()
    Engagement.objects.create(
        coach=world.person("reviewer"),
        organisation=file.organisation,
        began_on=today - timedelta(days=900),
        ended_on=None if ended is None else today - timedelta(days=ended),
    )
    if barred:
        assert unfit(world, file, world.person("reviewer")) == [
            {"code": "has_interest", "interests": ["coach"]}
        ]
    else:
        assert ask(world, file, world.person("reviewer"))


def test_who_has_voted_on_the_file_does_not_review_it(world: World) -> None:
    small_scheme(world)
    file, member = reviewed(world, ("4", "4", "4")), world.person("panel")
    perform(file, "vote", member, data={"choice": "grant"})
    world.perform(file, "reopen")
    grant_role(user=member, role="reviewer", by=SYSTEM)
    assert unfit(world, file, member) == [{"code": "has_interest", "interests": ["decided"]}]


def test_every_reason_is_said_at_once(world: World, file: Dossier) -> None:
    coach = world.person("coach")
    join(organisation=file.organisation, user=coach, by=SYSTEM)
    Engagement.objects.create(coach=coach, organisation=file.organisation, began_on=timezone.localdate())
    assert unfit(world, file, coach) == [
        {"code": "no_reviewer"},
        {"code": "has_interest", "interests": ["member", "coach"]},
    ]


@pytest.mark.parametrize("role", ["applicant", "reviewer", "panel", "administrator"])
def test_only_a_coordinator_asks(world: World, file: Dossier, role: str) -> None:
    with pytest.raises(Refused) as refused:
        assign(dossier=file, reviewer=world.person("reviewer", 2), by=world.person(role))
    assert [each.code for each in refused.value.reasons] == ["not_your_role"]
    assert not Assignment.objects.exists()


def test_a_coordinator_of_another_scheme_asks_nobody(world: World, file: Dossier) -> None:
    grant_role(user=world.stranger, role="coordinator", by=SYSTEM, scheme="tiny")
    with pytest.raises(Refused):
        assign(dossier=file, reviewer=world.person("reviewer"), by=world.stranger)


@pytest.mark.parametrize("state", ["draft", "reviewed", "deciding", "withdrawn"])
def test_reviewers_are_chosen_while_reviews_lie_ahead(world: World, state: str) -> None:
    file = world.dossier(state)
    assert unfit(world, file, world.person("reviewer", 2)) == [
        {"code": "assignment_closed", "state": state, "edition": file.edition_id}
    ]


def test_a_third_reviewer_joins_while_the_review_goes_on(world: World) -> None:
    file = world.dossier("in_review")
    ask(world, file, world.person("reviewer", 2))
    assert file.assignments.count() == 3


@pytest.mark.django_db(transaction=True)
def test_asked_twice_at_once_is_asked_once(world: World) -> None:
    file = world.dossier("screening")
    outcomes = at_once(*[lambda: ask(world, file, world.person("reviewer"))] * 2)
    assert {type(each) for each in outcomes} == {Assignment, Refused}
    assert Assignment.objects.count() == 1


def test_a_reviewer_gives_the_task_back_with_a_reason(world: World, file: Dossier) -> None:
    reviewer = world.person("reviewer")
    assignment = ask(world, file, reviewer)
    release(assignment=assignment, by=reviewer, reason="سفر مفاجئ")
    event = Event.objects.get(stream=file.pk, kind="released")
    assert (event.actor, event.role) == (reviewer.pk, "reviewer")
    assert event.content["comment_digest"]
    assert roles_of(reviewer, file) == set()


def test_a_coordinator_takes_the_task_back(world: World, file: Dossier) -> None:
    assignment = ask(world, file, world.person("reviewer"))
    release(assignment=assignment, by=world.person("coordinator"), reason="لم تصل المراجعة")
    assert Event.objects.get(stream=file.pk, kind="released").role == "coordinator"


def test_nobody_else_takes_it_back(world: World, file: Dossier) -> None:
    assignment = ask(world, file, world.person("reviewer", 0))
    ask(world, file, world.person("reviewer", 1))
    for person in (world.person("reviewer", 1), world.person("panel"), world.applicant, world.stranger):
        with pytest.raises(Refused) as refused:
            release(assignment=assignment, by=person, reason="-")
        assert [each.code for each in refused.value.reasons] == ["not_your_role"]
    assert Assignment.objects.get(pk=assignment.pk).released_at is None


@pytest.mark.parametrize("reason", ["", "  \n", "\u200b\u2800"])
def test_a_task_is_not_given_back_without_a_reason(world: World, file: Dossier, reason: str) -> None:
    assignment = ask(world, file, world.person("reviewer"))
    with pytest.raises(Refused) as refused:
        release(assignment=assignment, by=world.person("reviewer"), reason=reason)
    assert [each.code for each in refused.value.reasons] == ["comment_missing"]
    assert Assignment.objects.get(pk=assignment.pk).released_at is None


def test_a_task_is_not_given_back_with_an_endless_reason(world: World, file: Dossier) -> None:
    assignment = ask(world, file, world.person("reviewer"))
    with pytest.raises(Refused) as refused:
        release(assignment=assignment, by=world.person("reviewer"), reason="x" * 20_001)
    assert [each.code for each in refused.value.reasons] == ["text_too_long"]


def test_a_task_is_given_back_once(world: World, file: Dossier) -> None:
    assignment = ask(world, file, world.person("reviewer"))
    release(assignment=assignment, by=world.person("coordinator"), reason="-")
    with pytest.raises(Refused) as refused:
        release(assignment=assignment, by=world.person("coordinator"), reason="-")
    assert [each.code for each in refused.value.reasons] == ["review_closed"]


def test_a_review_that_was_sent_is_not_given_back(world: World) -> None:
    file = world.dossier("reviewed")
    assignment = file.assignments.all()[0]
    with pytest.raises(Refused) as refused:
        release(assignment=assignment, by=world.person("coordinator"), reason="-")
    assert [each.code for each in refused.value.reasons] == ["review_closed"]


def test_who_gave_it_back_can_be_asked_again(world: World, file: Dossier) -> None:
    assignment = ask(world, file, world.person("reviewer"))
    release(assignment=assignment, by=world.person("coordinator"), reason="-")
    assert ask(world, file, world.person("reviewer")) != assignment


def test_a_scheme_may_want_reviewers_before_the_review_begins(world: World) -> None:
    wanting = changed(SHIPPED_TEXT, ("{at_least: 0}", "{at_least: 2}"), ("claim: true, ", ""))
    world.scheme(wanting, *SHIPPED_RUBRICS)
    file = world.dossier("screening")
    ask(world, file, world.person("reviewer", 0))
    with pytest.raises(Refused) as refused:
        perform(file, "accept", world.person("coordinator"))
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "reviewers_missing", "wanted": 2, "have": 1}
    ]
    ask(world, file, world.person("reviewer", 1))
    perform(file, "accept", world.person("coordinator"))
    assert file.state == "in_review"


def test_where_reviewers_take_places_the_review_may_begin_with_none(world: World, file: Dossier) -> None:
    perform(file, "accept", world.person("coordinator"))
    assert file.state == "in_review"
    assert not file.assignments.exists()


def test_a_coordinator_who_coached_the_organisation_chooses_no_reviewer(world: World) -> None:
    file = world.dossier("screening")
    coordinator = world.person("coordinator")
    engage(coach=coordinator, organisation=file.organisation, began_on=timezone.localdate(), by=SYSTEM)
    with pytest.raises(Refused) as refused:
        assign(dossier=file, reviewer=world.person("reviewer"), by=coordinator)
    assert [each.code for each in refused.value.reasons] == ["interest_bars"]
