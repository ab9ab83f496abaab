"""The shipped scheme, walked as its file says: each main road from end to end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.decisions.models import Ballot
from accreditation_engine.demo.autopilot import Play, play
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.domain import Rated, assign, rate, release
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.trail.models import Event
from tests.support.world import BADLY, SHIPPED, WELL, World, at_once, overdue, shipped

WORKFLOW = shipped().workflows[SHIPPED]
FINAL = [name for name, state in WORKFLOW.states.items() if state.final]
TIMED = {name: state.deadline.then for name, state in WORKFLOW.states.items() if state.deadline}


def road(file: Dossier) -> list[str]:
    """The steps that were taken, one name for steps that follow each other."""
    taken = Event.objects.filter(stream=file.pk, kind="transition").order_by("seq")
    names = list(taken.values_list("transition", flat=True))
    return [name for number, name in enumerate(names) if names[number - 1 : number] != [name]]


def vote(world: World, file: Dossier, step: str, *choices: str) -> None:
    role = WORKFLOW.transitions[step].by[0]
    for number, choice in enumerate(choices):
        perform(file, step, world.person(role, number), data={"choice": choice})


def case(world: World, file: Dossier, level: float = WELL, **ratings: str) -> Play:
    """Everybody rates alike, with `ratings` for single criteria (integrity_1="0")."""
    play_ = world.case(file, level=level)
    given = {name.replace("_", "-"): value for name, value in ratings.items()}
    return replace(play_, ratings={key: given.get(key[1], value) for key, value in play_.ratings.items()})


def refusals(file: Dossier, step: str, by: Any, comment: str = "-") -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(file, step, by, comment=comment)
    return [each.code for each in refused.value.reasons]


def close(world: World, finding: Finding) -> None:
    perform(finding, "answer", world.applicant, comment="-")
    perform(finding, "verify", finding.dossier.assignments.order_by("pk")[0].reviewer, comment="-")


def test_the_straight_road(world: World) -> None:
    file = world.dossier("certified")
    assert road(file) == [
        "submit",
        "accept",
        "send_review",
        "close_review",
        "refer",
        "vote",
        "certify",
        "announce_certificate",
    ]
    assert Assignment.objects.filter(dossier=file, sent_at__isnull=False).count() == 2
    assert Certificate.objects.get(dossier=file).state == "active"
    assert list(verify_all()) == []


def test_returned_completed_and_submitted_again(world: World) -> None:
    file = world.dossier("returned")
    world.take_to(file, "certified")
    assert road(file)[:4] == ["submit", "return_for_completion", "submit", "accept"]


@pytest.mark.parametrize(("low", "outcome"), [("0", "certified"), ("1", "certified"), ("3", "gold")])
def test_findings_are_corrected_and_closed_then_certified_gold_or_plain(
    world: World, low: str, outcome: str
) -> None:
    file = world.dossier()
    # A breach that is corrected stays in the sheet: gold takes no rating of 1, a partly upheld code is a finding.
    list(play(case(world, file, equality_1=low, duty_1="1"), until="reviewed"))
    world.perform(file, "request_correction")
    assert file.state == "correcting"
    for finding in Finding.objects.filter(dossier=file):
        close(world, finding)
    list(play(world.case(file), until="certified"))
    assert "request_correction" in road(file)
    assert Certificate.objects.get(dossier=file).outcome == outcome


def test_without_findings_there_is_nothing_to_correct(world: World) -> None:
    file = world.dossier("reviewed")
    assert refusals(file, "request_correction", world.person("coordinator"), "") == ["no_findings_open"]


def test_an_open_major_finding_bars_the_certificate(world: World) -> None:
    file = world.dossier()
    list(play(case(world, file, equality_1="0"), until="deciding"))
    vote(world, file, "vote", "certify", "certify", "certify")
    assert refusals(file, "certify", world.person("panel"), "") == ["findings_open"]


def test_refused_when_the_panel_says_so(world: World) -> None:
    file = world.dossier("deciding")
    vote(world, file, "vote", "refuse", "refuse", "certify")
    assert refusals(file, "certify", world.person("panel"), "") == ["votes_short"]
    assert refusals(file, "refuse", world.person("panel"), "") == ["comment_missing"]
    perform(file, "refuse", world.person("panel"), comment="لا تكفي الشواهد")
    assert file.state == "refusal_decided"
    world.perform(file, "announce_refusal")
    assert file.state == "refused"
    assert not Certificate.objects.exists()


def test_an_appeal_that_is_upheld_leads_to_a_new_decision(world: World) -> None:
    file = world.dossier("deciding")
    vote(world, file, "vote", "refuse", "refuse", "abstain")
    for step in ("refuse", "announce_refusal", "appeal"):
        world.perform(file, step)
    vote(world, file, "vote_on_appeal", "uphold", "uphold")
    perform(file, "uphold", world.person("appeal_panel"), comment="لم تبن الملاحظة على شواهد كافية")
    assert file.state == "deciding"
    assert refusals(file, "certify", world.person("panel"), "") == ["ballot_running"]
    vote(world, file, "vote", "certify", "certify", "refuse")
    perform(file, "certify", world.person("panel"))
    world.perform(file, "announce_certificate")
    assert [ballot.number for ballot in Ballot.objects.filter(dossier=file).order_by("number")] == [1, 2, 3]
    assert Certificate.objects.get(dossier=file).state == "active"
    assert list(verify_all()) == []


def test_an_appeal_that_is_dismissed_makes_the_refusal_final(world: World) -> None:
    file = world.dossier("appealing")
    vote(world, file, "vote_on_appeal", "dismiss", "uphold")
    assert refusals(file, "uphold", world.person("appeal_panel")) == ["votes_short"]
    world.perform(file, "dismiss")  # half of the votes dismiss: the refusal stands where opinions are even
    assert file.state == "refusal_final"


def test_an_appeal_waits_for_two_votes(world: World) -> None:
    file = world.dossier("appealing")
    vote(world, file, "vote_on_appeal", "uphold")
    assert refusals(file, "uphold", world.person("appeal_panel")) == ["ballot_running"]
    perform(file, "close_appeal_ballot", world.person("coordinator"), comment="تعذر حضور العضو الآخر")
    assert refusals(file, "uphold", world.person("appeal_panel")) == ["no_quorum"]
    assert refusals(file, "dismiss", world.person("appeal_panel")) == ["no_quorum"]


WITHDRAWABLE = WORKFLOW.transitions["withdraw"].from_


@pytest.mark.parametrize("state", WITHDRAWABLE)
def test_an_organisation_withdraws_its_file(world: World, state: str) -> None:
    file = world.dossier(state)
    assert refusals(file, "withdraw", world.applicant, " ") == ["comment_missing"]
    assert refusals(file, "withdraw", world.person("coordinator")) == ["not_your_role"]
    perform(file, "withdraw", world.applicant, comment="غيرنا خطتنا")
    assert file.state == "withdrawn"


def test_every_state_before_a_decision_is_announced_can_be_withdrawn_from() -> None:
    assert set(WITHDRAWABLE) == set(WORKFLOW.states) - set(FINAL) - {"refused", "appealing"}


@pytest.mark.parametrize("state", FINAL)
def test_what_is_final_is_final(world: World, state: str) -> None:
    file = world.dossier(state)
    events = Event.objects.filter(stream=file.pk, kind="transition").count()
    for step in WORKFLOW.transitions:
        with pytest.raises(Refused) as refused:
            world.perform(file, step)
        assert {each.code for each in refused.value.reasons} <= {"wrong_state", "not_your_role"}
    sweep(now=timezone.now() + timedelta(days=9999))
    assert Dossier.objects.get(pk=file.pk).state == state
    assert Event.objects.filter(stream=file.pk, kind="transition").count() == events


@pytest.mark.parametrize("state", TIMED)
def test_the_system_moves_on_what_has_waited_too_long(world: World, state: str) -> None:
    file = world.dossier(state)
    assert file.deadline_at is not None
    sweep(now=file.deadline_at - timedelta(seconds=1))
    assert Dossier.objects.get(pk=file.pk).state == state
    sweep(now=file.deadline_at)
    file.refresh_from_db()
    event = Event.objects.filter(stream=file.pk, kind="transition").latest("seq")
    assert (event.transition, event.role, event.actor) == (TIMED[state], "system", None)
    assert file.state == WORKFLOW.transitions[TIMED[state]].to


def test_a_lapsed_file_makes_room_for_a_new_one(world: World) -> None:
    file = world.dossier("lapsed")
    assert open_dossier(organisation=file.organisation, scheme=SHIPPED, by=world.applicant).state == "draft"


def test_after_the_deadline_only_what_follows_is_left_swept_or_not(world: World) -> None:
    file = world.dossier("refused", level=BADLY)
    with overdue(file):
        assert refusals(file, "appeal", world.applicant) == ["deadline_passed"]
        sweep()
    assert Dossier.objects.get(pk=file.pk).state == "refusal_final"


def test_an_overdue_review_is_resumed_and_has_its_time_anew(world: World) -> None:
    file = world.dossier("review_overdue")
    reviewer = file.assignments.order_by("pk")[0].reviewer
    assert refusals(file, "send_review", reviewer, "") == ["wrong_state"]
    world.perform(file, "resume_review")
    assert file.state == "in_review"
    assert file.deadline_at is not None
    assert file.deadline_at - timezone.now() > timedelta(days=44)
    world.take_to(file, "certified")
    assert file.state == "certified"


def test_an_overdue_reviewer_is_replaced(world: World) -> None:
    file = world.dossier("review_overdue")
    first = file.assignments.order_by("pk")[0]
    release(assignment=first, by=world.person("coordinator"), reason="لم تصل المراجعة")
    assign(dossier=file, reviewer=world.person("reviewer", 2), by=world.person("coordinator"))
    world.perform(file, "resume_review")
    world.take_to(file, "certified")
    assert file.state == "certified"
    sent = Assignment.objects.filter(dossier=file, sent_at__isnull=False)
    assert first.reviewer not in [each.reviewer for each in sent]


def test_reviews_that_are_complete_can_be_closed_when_overdue(world: World) -> None:
    late = world.dossier("in_review")
    for assignment in late.assignments.all():
        send(world, late, assignment)
    world.perform(late, "escalate")
    world.perform(late, "close_review")
    assert late.state == "reviewed"


def send(world: World, file: Dossier, assignment: Assignment) -> None:
    ratings = {key: Rated(value) for key, value in world.case(file).ratings.items()}
    rate(assignment=assignment, ratings=ratings, by=assignment.reviewer)
    perform(file, "send_review", assignment.reviewer)


def test_time_for_correction_ends_before_the_panel(world: World) -> None:
    file = world.dossier("correcting")
    with overdue(file):
        sweep()
    file.refresh_from_db()
    assert file.state == "deciding"
    assert Ballot.objects.filter(dossier=file).count() == 1


def test_voting_anew_needs_a_reason_and_forgets_no_vote(world: World) -> None:
    file = world.dossier("deciding")
    vote(world, file, "vote", "certify", "refuse", "abstain")
    assert refusals(file, "new_ballot", world.person("coordinator"), "") == ["comment_missing"]
    world.perform(file, "new_ballot")
    assert refusals(file, "certify", world.person("panel"), "") == ["ballot_running"]
    assert Event.objects.filter(stream=file.pk, transition="vote", kind="transition").count() == 3


def test_every_role_of_the_scheme_is_shown_something_where_it_is_waited_for() -> None:
    for name, state in WORKFLOW.states.items():
        if state.waits_for is not None:
            assert state.shows.get(state.waits_for), f"{state.waits_for} sees nothing in {name}"


def test_scores_and_votes_are_shown_to_an_applicant_only_when_it_is_decided() -> None:
    decided = {"certified", "refused", "appealing", "refusal_final"}
    for name, state in WORKFLOW.states.items():
        shown = set(state.shows.get("applicant", ()))
        assert not shown & {"ratings", "own_ratings", "votes", "trail"}, name
        assert name in decided or not shown & {"scores", "decision"}, name


def test_reviewers_never_see_each_others_ratings() -> None:
    for name, state in WORKFLOW.states.items():
        assert "ratings" not in state.shows.get("reviewer", ()), name


@pytest.mark.django_db(transaction=True)
def test_a_submission_and_a_withdrawal_at_once_are_one_after_the_other(world: World) -> None:
    file = world.dossier("screening")
    coordinator = world.person("coordinator")
    outcomes = at_once(
        lambda: perform(Dossier.objects.get(pk=file.pk), "withdraw", world.applicant, comment="-"),
        lambda: perform(Dossier.objects.get(pk=file.pk), "return_for_completion", coordinator, comment="-"),
    )
    assert all(isinstance(each, Event | Refused) for each in outcomes)
    assert Dossier.objects.get(pk=file.pk).state == "withdrawn" or isinstance(outcomes[0], Refused)
    assert list(verify_all()) == []


def test_guards_of_the_file_are_those_that_are_compiled(world: World) -> None:
    scheme = compiled(world.dossier().edition_id)
    for name, step in scheme.steps.items():
        assert [each.name for each in step.guards] == [
            rule.name for rule in WORKFLOW.transitions[name].requires
        ]
        assert [each.name for each in step.effects] == [rule.name for rule in WORKFLOW.transitions[name].then]


def test_the_chair_who_took_part_in_the_refusal_does_not_close_the_ballot_on_the_appeal(world: World) -> None:
    file = world.dossier("appealing")
    vote(world, file, "vote_on_appeal", "uphold")
    assert refusals(file, "close_appeal_ballot", world.person("panel"), "تأخر") == ["involved"]
    perform(file, "close_appeal_ballot", world.person("coordinator"), comment="تأخر")
