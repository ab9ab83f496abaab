"""Nothing is done before interests are declared, and nothing after one is."""

from __future__ import annotations

import pytest

from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.domain import Rated, rate, release
from accreditation_engine.reviews.interests.declaring import declare, declare_none
from accreditation_engine.reviews.interests.known import KINDS
from accreditation_engine.reviews.interests.models import Declaration, Interest
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.rules import reviewer_unfit
from accreditation_engine.trail.models import Event, Text
from tests.support.small import fill
from tests.support.world import World

from .scheme import allowed_with_a_tie, asked, declaring_scheme, free, refused


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    declaring_scheme(world)


def test_part_is_closed_until_none_is_declared(world: World) -> None:
    assignment = asked(world)
    parts = parts_in(assignment.reviewer, assignment.dossier)
    assert (parts.played, parts.undeclared, parts.open) == ({"reviewer"}, {"reviewer"}, set())
    assert refused(lambda: fill(assignment, "4")) == ["declare_first"]
    assert refused(lambda: perform(assignment.dossier, "send_review", assignment.reviewer)) == [
        "declare_first"
    ]
    free(assignment)
    assert parts_in(assignment.reviewer, assignment.dossier).open == {"reviewer"}
    fill(assignment, "4", "4", "4")
    perform(assignment.dossier, "send_review", assignment.reviewer)
    assert list(verify_all()) == []


def test_attempt_before_declaring_is_in_the_trail(world: World) -> None:
    assignment = asked(world)
    refused(lambda: perform(assignment.dossier, "send_review", assignment.reviewer))
    event = Event.objects.get(stream=assignment.dossier_id, kind="refused")
    assert event.data["reasons"] == [{"code": "declare_first"}]
    assert event.role == "reviewer"


def test_declaring_none_is_one_event_when_it_is_said_twice(world: World) -> None:
    assignment = free(free(asked(world)))
    event = Event.objects.get(stream=assignment.dossier_id, kind="no_interest")
    row = Declaration.objects.get()
    assert (event.actor, event.role) == (assignment.reviewer_id, "reviewer")
    assert (row.assignment, row.seq, row.declared_at) == (assignment, event.seq, event.at)


def test_who_is_asked_again_declares_again(world: World) -> None:
    assignment = free(asked(world))
    release(assignment=assignment, by=assignment.reviewer, reason="سفر")
    again = asked(world, dossier=assignment.dossier)
    assert parts_in(again.reviewer, again.dossier).undeclared == {"reviewer"}
    free(again)
    assert Declaration.objects.count() == 2
    assert list(verify_all()) == []


def test_task_is_given_back_without_declaring(world: World) -> None:
    assignment = asked(world)
    release(assignment=assignment, by=assignment.reviewer, reason="سفر")
    assert Assignment.objects.get().released_at


def test_interest_opens_the_place_again(world: World) -> None:
    assignment = asked(world)
    declare(
        dossier=assignment.dossier,
        role="reviewer",
        ties={"business": "شركة أخي تورد لهم", "family": "ابن عمي عضو بها"},
        by=assignment.reviewer,
    )
    events = Event.objects.filter(stream=assignment.dossier_id).order_by("seq")
    assert [each.kind for each in events][-3:] == ["interest_declared", "interest_declared", "released"]
    rows = list(Interest.objects.order_by("seq"))
    assert [(each.kind, each.person, each.role) for each in rows] == [
        ("family", assignment.reviewer, "reviewer"),
        ("business", assignment.reviewer, "reviewer"),
    ]
    said = [Text.objects.get(stream=assignment.dossier_id, seq=each.seq).text for each in rows]
    assert said == ["ابن عمي عضو بها", "شركة أخي تورد لهم"]
    assert all("شركة" not in str(each.data) for each in events)
    assert Assignment.objects.get().released_at
    assert list(verify_all()) == []


def test_coordinators_are_told_of_an_interest(world: World) -> None:
    assignment = asked(world)
    declare(dossier=assignment.dossier, role="reviewer", ties={"other": "جار"}, by=assignment.reviewer)
    letter = Letter.objects.get(kind="interest_declared")
    assert (letter.person, letter.role) == (world.person("coordinator"), "coordinator")


def test_interest_is_a_reason_not_to_be_asked_again(world: World) -> None:
    assignment = asked(world)
    declare(dossier=assignment.dossier, role="reviewer", ties={"family": "أختي"}, by=assignment.reviewer)
    (against,) = reviewer_unfit(assignment.dossier, assignment.reviewer)
    assert (against.code, against.parameters["interests"]) == ("has_interest", ["family"])
    assert reviewer_unfit(world.dossier("in_review", scheme="mini"), assignment.reviewer) == []


@pytest.mark.parametrize(
    ("ties", "code"),
    [
        ({}, "no_interest_chosen"),
        ({"friend": "x"}, "no_interest_chosen"),
        ({"family": " \u200b"}, "interest_unexplained"),
        ({"family": "x" * 20_001}, "text_too_long"),
    ],
)
def test_tie_is_refused_when_it_says_nothing(world: World, ties: dict[str, str], code: str) -> None:
    assignment = asked(world)
    assert refused(
        lambda: declare(dossier=assignment.dossier, role="reviewer", ties=ties, by=assignment.reviewer)
    ) == [code]
    assert not Interest.objects.exists()
    assert Assignment.objects.get().released_at is None


def test_nothing_is_declared_in_a_part_that_is_not_played(world: World) -> None:
    assignment = asked(world)
    for person in (world.stranger, world.applicant, world.person("reviewer", 1), world.person("auditor")):
        for act in (
            lambda person=person: declare_none(dossier=assignment.dossier, role="reviewer", by=person),
            lambda person=person: declare(
                dossier=assignment.dossier, role="reviewer", ties={"family": "x"}, by=person
            ),
        ):
            assert refused(act) == ["nothing_to_declare"]
    assert refused(
        lambda: declare(
            dossier=assignment.dossier, role="applicant", ties={"family": "x"}, by=world.applicant
        )
    ) == ["nothing_to_declare"]


def test_panel_declares_before_it_votes(world: World) -> None:
    assignment = free(asked(world))
    file, member = assignment.dossier, world.person("panel")
    fill(assignment, "4", "4", "4")
    perform(file, "send_review", assignment.reviewer)
    world.perform(file, "close")
    assert refused(lambda: perform(file, "vote", member, data={"choice": "grant"})) == ["declare_first"]
    declare_none(dossier=file, role="panel", by=member)
    perform(file, "vote", member, data={"choice": "grant"})
    assert list(verify_all()) == []


def test_panel_member_with_an_interest_does_not_vote(world: World) -> None:
    assignment = free(asked(world))
    file, member = assignment.dossier, world.person("panel")
    fill(assignment, "4", "4", "4")
    perform(file, "send_review", assignment.reviewer)
    world.perform(file, "close")
    declare(dossier=file, role="panel", ties={"business": "مورد"}, by=member)
    assert refused(lambda: perform(file, "vote", member, data={"choice": "grant"})) == ["interest_bars"]
    assert [each.open for each in options(file, member)] == [False] * 3
    assert member not in roles["panel"].people(file)


def test_coordinator_says_so_when_they_find_an_interest(world: World) -> None:
    assignment, coordinator = asked(world), world.person("coordinator")
    declare(dossier=assignment.dossier, role="coordinator", ties={"employer": "x"}, by=coordinator)
    assert parts_in(coordinator, assignment.dossier).barred == {"coordinator"}
    assert refused(lambda: release(assignment=assignment, by=coordinator, reason="-")) == ["interest_bars"]
    assert Assignment.objects.get().released_at is None


def test_sent_review_counts_no_more_when_an_interest_comes_up(world: World) -> None:
    assignment = free(asked(world))
    fill(assignment, "4", "4", "4")
    perform(assignment.dossier, "send_review", assignment.reviewer)
    declare(dossier=assignment.dossier, role="reviewer", ties={"family": "x"}, by=assignment.reviewer)
    assert Assignment.objects.get().released_at
    assert refused(lambda: world.perform(assignment.dossier, "close")) == ["reviews_missing"]
    assert list(verify_all()) == []


def test_every_kind_can_be_declared_at_once(world: World) -> None:
    assignment = asked(world)
    ties = {kind: f"because of {kind}" for kind in KINDS}
    declare(dossier=assignment.dossier, role="reviewer", ties=ties, by=assignment.reviewer)
    assert [each.kind for each in Interest.objects.order_by("seq")] == list(KINDS)


def test_rating_is_refused_after_an_interest(world: World) -> None:
    assignment = free(asked(world))
    declare(dossier=assignment.dossier, role="reviewer", ties={"family": "x"}, by=assignment.reviewer)
    found = refused(
        lambda: rate(assignment=assignment, ratings={("mini", "a-1"): Rated("4")}, by=assignment.reviewer)
    )
    assert found == ["review_closed"]


def test_who_is_allowed_to_judge_with_a_tie_need_not_deny_it(world: World) -> None:
    assignment = asked(world)
    file, reviewer = assignment.dossier, assignment.reviewer
    declare(dossier=file, role="reviewer", ties={"family": "ابن عمي"}, by=reviewer)
    allowed_with_a_tie(world, file, reviewer)
    again = free(asked(world, dossier=file))
    event = Event.objects.get(stream=file.pk, kind="no_interest")
    assert event.data == {"interests": ["family"]}
    fill(again, "4", "4", "4")
    declare(dossier=file, role="reviewer", ties={"business": "شركة أخي"}, by=reviewer)
    (against,) = reviewer_unfit(file, reviewer)
    assert against.code == "has_interest", "what is new was not allowed"
    assert list(verify_all()) == []
