"""Votes: each member once in a ballot, what was offered, and when they suffice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.decisions.guards import Votes, votes
from accreditation_engine.decisions.models import Ballot, Vote
from accreditation_engine.decisions.queries import standing_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import Attempt, Case
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.support.small import RUBRIC, WORKFLOW, reviewed, small_scheme
from tests.support.world import World, at_once, changed, read

GOOD = ("4", "4", "4")


@pytest.fixture
def file(world: World) -> Dossier:
    """A file before the panel; a grant needs three votes and two thirds."""
    small_scheme(world, "votes: {quorum: 3, share: 2/3}")
    return reviewed(world, GOOD)


def members(world: World, how_many: int) -> list[User]:
    have = list(world.cast.playing("panel"))
    more = [world.new_person(f"member{number}", "panel") for number in range(how_many - len(have))]
    return [*have, *more][:how_many]


def cast(world: World, file: Dossier, *choices: str) -> list[User]:
    """Each choice by another member; gives the members."""
    voters = members(world, len(choices))
    for voter, choice in zip(voters, choices, strict=True):
        perform(file, "vote", voter, data={"choice": choice})
    return voters


def reasons(file: Dossier, step: str, by: User, **more: Any) -> list[dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        perform(file, step, by, **more)
    return [each.as_data() for each in refused.value.reasons]


def codes(file: Dossier, step: str, by: User, **more: Any) -> list[str]:
    return [each["code"] for each in reasons(file, step, by, **more)]


def test_a_vote_is_kept_with_the_event_that_says_why(world: World, file: Dossier) -> None:
    member = world.person("panel")
    event = perform(file, "vote", member, data={"choice": "grant"}, comment="مستوفية للشروط")
    vote = Vote.objects.get()
    assert (vote.member, vote.choice, vote.seq, vote.ballot.number) == (member, "grant", event.seq, 1)
    assert event.data == {"choice": "grant", "judged": {"ballot": 1}}
    assert event.content["comment_digest"]


def test_a_member_votes_once_in_a_ballot(world: World, file: Dossier) -> None:
    cast(world, file, "grant")
    assert codes(file, "vote", world.person("panel"), data={"choice": "deny"}) == ["voted_already"]
    assert [each.choice for each in Vote.objects.all()] == ["grant"]


@pytest.mark.parametrize(
    "data", [None, {}, {"choice": "reopen"}, {"choice": ""}, {"choice": None}, {"choice": ["grant"]}]
)
def test_only_what_is_offered_can_be_chosen(world: World, file: Dossier, data: Any) -> None:
    (reason,) = reasons(file, "vote", world.person("panel"), data=data)
    assert (reason["code"], reason["choices"]) == ("no_such_choice", ["grant", "deny", "abstain"])
    assert not Vote.objects.exists()


@pytest.mark.parametrize("role", ["applicant", "coordinator", "reviewer", "appeal_panel", "auditor"])
def test_only_the_panel_votes(world: World, file: Dossier, role: str) -> None:
    assert codes(file, "vote", world.person(role), data={"choice": "grant"}) == ["not_your_role"]


def test_without_a_ballot_there_is_nothing_to_vote_in(world: World) -> None:
    world.scheme(changed(WORKFLOW, ("then: [raise_findings, open_ballot]", "then: [raise_findings]")), RUBRIC)
    file = reviewed(world, GOOD)
    assert codes(file, "vote", world.person("panel"), data={"choice": "grant"}) == ["no_ballot"]


def test_a_decision_waits_for_the_quorum(world: World, file: Dossier) -> None:
    cast(world, file, "grant", "grant")
    (reason,) = reasons(file, "grant", world.person("panel"))
    assert reason == {"code": "no_quorum", "wanted": 3, "have": 2}


def test_abstentions_count_for_the_quorum_and_not_for_the_share(world: World, file: Dossier) -> None:
    cast(world, file, "grant", "abstain", "abstain")
    event = perform(file, "grant", world.person("panel"))
    assert event.data["judged"]["votes"] == {"abstain": 2, "grant": 1}


def test_a_share_that_must_be_passed_is_told_so(world: World, file: Dossier) -> None:
    cast(world, file, "grant", "deny", "abstain")
    with override("en"), pytest.raises(Refused, match="it needs more than half of the votes"):
        perform(file, "deny", world.person("panel"))


def test_where_all_abstain_nothing_is_decided(world: World, file: Dossier) -> None:
    cast(world, file, "abstain", "abstain", "abstain")
    assert codes(file, "grant", world.person("panel")) == ["votes_short"]
    assert codes(file, "deny", world.person("panel")) == ["votes_short"]


@pytest.mark.parametrize(
    ("choices", "granted", "denied"),
    [
        (("grant", "grant", "deny"), True, False),  # exactly two thirds
        (("grant", "deny", "deny"), False, True),
        (("grant", "grant", "grant", "deny", "deny"), False, False),
        (("grant", "grant", "grant", "grant", "deny", "deny"), True, False),
        (("grant", "grant", "deny", "deny"), False, False),  # half is not more than half
        (("grant", "deny", "deny", "abstain"), False, True),
    ],
)
def test_shares_are_exact(
    world: World, file: Dossier, choices: tuple[str, ...], granted: bool, denied: bool
) -> None:
    member = cast(world, file, *choices)[0]
    for step, carried in (("grant", granted), ("deny", denied)):
        if not carried:
            assert codes(file, step, member) == ["votes_short"]
    if granted or denied:
        perform(file, "grant" if granted else "deny", member)


@given(
    counted=st.fixed_dictionaries(
        {"yes": st.integers(0, 99), "no": st.integers(0, 99), "abstain": st.integers(0, 9)}
    ),
    share=st.fractions(min_value=Fraction(1, 100), max_value=1, max_denominator=100),
    quorum=st.integers(1, 99),
    more_than=st.booleans(),
)
def test_votes_suffice_when_whole_numbers_say_so(
    counted: dict[str, int], share: Fraction, quorum: int, more_than: bool
) -> None:
    asked = Votes(quorum=quorum, share=str(share), more_than=more_than)
    rows = [{"member_id": "-", "choice": choice} for choice, count in counted.items() for _ in range(count)]
    scheme: Any = type("Scheme", (), {"edition": "0"})
    case = Case(None, scheme, Attempt("yes", None), {"votes": rows, "ballot": 1})
    left, right = counted["yes"] * share.denominator, share.numerator * (counted["yes"] + counted["no"])
    carried = left > right if more_than else left >= right
    enough = sum(counted.values()) >= quorum and counted["yes"] + counted["no"] > 0
    assert (not votes(case, asked).reasons) == (enough and carried)


@pytest.mark.parametrize("share", ["0", "3/2", "-1/2", "1/0", "two thirds", "", "true", "0.5.1"])
def test_a_share_that_is_none_is_an_error_of_the_definition(world: World, share: str) -> None:
    with pytest.raises(AssertionError, match="share"):
        small_scheme(world, f'votes: {{quorum: 3, share: "{share}"}}')


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("may_vote: [grant, deny, abstain]", "may_vote: [grannt, deny, abstain]", "grannt"),
        ("may_vote: [grant, deny, abstain]", "may_vote: [grant]", "may_vote"),
        ("share: 1/2, more_than: true}", "share: 1/2, for: denny}", "denny"),
    ],
)
def test_a_misspelt_choice_is_an_error_of_the_definition(
    world: World, old: str, new: str, named: str
) -> None:
    with pytest.raises(AssertionError, match=named):
        world.scheme(changed(WORKFLOW, (old, new)), RUBRIC)


def test_votes_for_another_step_can_carry_one(world: World) -> None:
    world.scheme(
        changed(
            WORKFLOW, ("votes: {quorum: 3, share: 1/2, more_than: true}", "votes: {quorum: 1, for: grant}")
        ),
        RUBRIC,
    )
    file = reviewed(world, GOOD)
    cast(world, file, "grant")
    perform(file, "deny", world.person("panel"))


def test_a_new_ballot_starts_from_nothing_and_the_old_votes_stay(world: World, file: Dossier) -> None:
    cast(world, file, "grant", "grant", "deny")
    world.perform(file, "new_ballot")
    assert codes(file, "grant", world.person("panel")) == ["no_quorum"]
    perform(file, "vote", world.person("panel"), data={"choice": "deny"})
    assert Vote.objects.count() == 4
    assert list(Ballot.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    standing = standing_of(file)
    assert standing is not None
    assert (standing.number, dict(standing.tally)) == (2, {"deny": 1})


def test_a_file_that_was_never_voted_on_has_no_standing(world: World) -> None:
    small_scheme(world)
    assert standing_of(world.dossier("in_review", scheme="mini")) is None


def test_votes_of_other_files_do_not_count(world: World, file: Dossier) -> None:
    other = reviewed(world, GOOD)
    cast(world, other, "grant", "grant", "grant")
    assert codes(file, "grant", world.person("panel")) == ["no_quorum"]


def test_a_decision_is_taken_once(world: World, file: Dossier) -> None:
    cast(world, file, "grant", "grant", "grant")
    perform(file, "grant", world.person("panel"))
    assert codes(file, "grant", world.person("panel", 1)) == ["wrong_state"]
    assert codes(file, "vote", world.person("panel", 1), data={"choice": "deny"}) == ["wrong_state"]


@pytest.mark.django_db(transaction=True)
def test_two_members_vote_at_once(world: World) -> None:
    small_scheme(world, "votes: {quorum: 2, share: 2/3}")
    file = reviewed(world, GOOD)

    def vote(number: int) -> Event:
        return perform(
            Dossier.objects.get(pk=file.pk), "vote", world.person("panel", number), data={"choice": "grant"}
        )

    outcomes = at_once(lambda: vote(0), lambda: vote(1))
    assert {type(each) for each in outcomes} == {Event}
    assert len({each.seq for each in outcomes}) == 2
    perform(Dossier.objects.get(pk=file.pk), "grant", world.person("panel"))


@pytest.mark.django_db(transaction=True)
def test_a_member_who_votes_twice_at_once_has_voted_once(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, GOOD)

    def vote(choice: str) -> Event:
        return perform(
            Dossier.objects.get(pk=file.pk), "vote", world.person("panel"), data={"choice": choice}
        )

    outcomes = at_once(lambda: vote("grant"), lambda: vote("deny"))
    assert {type(each) for each in outcomes} == {Event, Refused}
    assert Vote.objects.count() == 1


def test_a_vote_cannot_be_changed_or_taken_away_behind_the_trails_back(world: World, file: Dossier) -> None:
    cast(world, file, "deny")
    for change in (
        lambda: Vote.objects.update(choice="grant"),
        lambda: Vote.objects.update(member=world.person("panel", 1)),
        lambda: Vote.objects.all().delete(),
        lambda: Ballot.objects.update(number=7),
        lambda: Ballot.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert [each.choice for each in Vote.objects.all()] == ["deny"]


def test_a_vote_that_no_guard_checks_is_named_when_the_workflow_is_read() -> None:
    unchecked = changed(WORKFLOW, ("{may_vote: [grant, deny, abstain]}, ", ""))
    with pytest.raises(AssertionError, match="keeps a vote that nothing has checked; require may_vote there"):
        read(unchecked, RUBRIC)
