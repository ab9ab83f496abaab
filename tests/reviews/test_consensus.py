"""Consensus: where reviewers are too far apart, the file waits until they, or the panel, agree on a rating."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.consensus import confirm, propose, withdraw
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Agreed, Finding, Proposal, Rating
from accreditation_engine.reviews.past_ratings import past_ratings
from accreditation_engine.reviews.sheets import FIELDS, sent_ratings
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import told
from tests.support.small import ASKED, RUBRIC, WORKFLOW, ask, fill, reviewed
from tests.support.world import World, at_once, changed

A1, A2, B1 = ("mini", "a-1"), ("mini", "a-2"), ("mini", "b-1")
RECONCILED = changed(RUBRIC, ("areas:\n", "reconcile_above: 1\nareas:\n"))
GUARDED = changed(WORKFLOW, (ASKED, "reconciled: 2"), ("[{may_vote", "[{reconciled: 2}, {may_vote"))


@pytest.fixture
def apart(world: World) -> Dossier:
    """Two reviewers differ by three points on a-1; on a-2 by one, which is borne."""
    world.scheme(GUARDED, RECONCILED)
    return reviewed(world, ("4", "3", "4"), ("1", "2", "4"))


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    assert all(str(each) for each in refused.value.reasons)
    return [each.code for each in refused.value.reasons]


def proposed(file: Dossier, by: User, value: str = "2", criterion: tuple[str, str] = A1) -> Proposal:
    return propose(dossier=file, criterion=criterion, value=value, reason="بعد الاطلاع على المحضر", by=by)


def agree(world: World, file: Dossier, value: str = "2") -> None:
    assert confirm(proposal=proposed(file, world.person("reviewer"), value), by=world.person("reviewer", 1))


def test_a_file_waits_until_reviewers_agree(world: World, apart: Dossier) -> None:
    with pytest.raises(Refused) as refused:
        world.perform(apart, "grant")
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "to_reconcile", "count": 1, "criteria": ["a-1"], "span": "3"}
    ]
    agree(world, apart)
    world.perform(apart, "grant")
    assert apart.state == "granted"


@pytest.mark.parametrize(
    ("one", "other", "waits"),
    [
        ("3", "2", False),
        ("3", "1", True),
        ("not_applicable", "not_applicable", False),
        ("not_applicable", "4", True),
        ("unable_to_verify", "0", True),
        ("unable_to_verify", "not_applicable", True),
    ],
)
def test_numbers_too_far_apart_and_different_words_are_to_be_reconciled(
    world: World, one: str, other: str, waits: bool
) -> None:
    world.scheme(GUARDED, RECONCILED)
    file = reviewed(world, (one, "3", "4"), (other, "3", "4"))
    if waits:
        assert codes(lambda: world.perform(file, "grant")) == ["to_reconcile"]
    else:
        world.perform(file, "grant")


def test_what_is_agreed_counts_and_what_each_gave_stays(world: World, apart: Dossier) -> None:
    own = list(Rating.objects.filter(assignment__dossier=apart).order_by("pk").values())
    assert str(sheets_of(apart)["mini"].areas["a"].score) == "2.50"
    agree(world, apart, "1")
    sheet = sheets_of(apart)["mini"]
    assert str(sheet.areas["a"].score) == "1.75"  # 1, and the mean of 3 and 2
    assert list(Rating.objects.filter(assignment__dossier=apart).order_by("pk").values()) == own


def test_the_trail_tells_who_proposed_what_and_why(world: World, apart: Dossier) -> None:
    proposal = proposed(apart, world.person("reviewer"), "٢")
    confirm(proposal=proposal, by=world.person("reviewer", 1), comment="موافق")
    events = told(Event.objects.filter(stream=apart.pk, kind__startswith="consensus").order_by("seq"))
    said = {"rubric": "mini", "criterion": "a-1", "value": "2"}
    assert [(each.event.kind, each.event.role, each.comment) for each in events] == [
        ("consensus_proposed", "reviewer", "بعد الاطلاع على المحضر"),
        ("consensus_confirmed", "reviewer", "موافق"),
        ("consensus_reached", "reviewer", ""),
    ]
    assert [each.event.data for each in events] == [
        said,
        *[said | {"proposed": proposal.seq}] * 2,
    ]
    assert list(verify_all()) == []


def test_the_digest_of_what_was_judged_covers_what_was_agreed(world: World, apart: Dossier) -> None:
    agree(world, apart)
    event = world.perform(apart, "grant")
    rows = [
        row | ({"agreed": "2"} if row["criterion"] == "a-1" else {})
        for row in sent_ratings(apart.pk).values(*FIELDS[:-1])
    ]
    assert event.data["judged"]["ratings"] == digest_of(rows)


def test_every_reviewer_must_agree(world: World) -> None:
    world.scheme(GUARDED, RECONCILED)
    file = reviewed(world, ("4", "3", "4"), ("1", "3", "4"), ("2", "3", "4"))
    proposal = proposed(file, world.person("reviewer", 2))
    assert codes(lambda: confirm(proposal=proposal, by=world.person("reviewer", 2))) == ["agreed_already"]
    assert confirm(proposal=proposal, by=world.person("reviewer")) is False
    assert codes(lambda: world.perform(file, "grant")) == ["to_reconcile"]
    assert confirm(proposal=proposal, by=world.person("reviewer", 1)) is True
    assert codes(lambda: confirm(proposal=proposal, by=world.person("reviewer"))) == [
        "nothing_to_reconcile",
        "agreed_already",
    ]


def test_the_panel_agrees_where_reviewers_do_not(world: World, apart: Dossier) -> None:
    of_reviewers = proposed(apart, world.person("reviewer"), "3")
    proposal = proposed(apart, world.person("panel"), "2")
    assert codes(lambda: confirm(proposal=proposal, by=world.person("reviewer"))) == ["not_your_role"]
    assert confirm(proposal=proposal, by=world.person("panel", 1)) is True
    assert Agreed.objects.get(dossier=apart).value == "2"
    of_reviewers.refresh_from_db()
    assert of_reviewers.closed_at is not None
    assert codes(lambda: proposed(apart, world.person("reviewer"), "3")) == ["nothing_to_reconcile"]


def test_a_proposal_replaces_the_one_before_it(world: World, apart: Dossier) -> None:
    first = proposed(apart, world.person("reviewer"), "3")
    second = proposed(apart, world.person("reviewer", 1), "2")
    assert codes(lambda: confirm(proposal=first, by=world.person("reviewer", 1))) == ["proposal_closed"]
    assert confirm(proposal=second, by=world.person("reviewer"))
    assert Agreed.objects.get(dossier=apart).value == "2"


def seeing(file: Dossier, by: User, seen: int, value: str = "2", reason: str = "-") -> Proposal:
    return propose(dossier=file, criterion=A1, value=value, reason=reason, by=by, seen=seen)


def test_a_proposal_replaces_none_that_its_maker_has_not_seen(world: World, apart: Dossier) -> None:
    one, other = world.person("reviewer"), world.person("reviewer", 1)
    first = seeing(apart, one, 0, "3")
    for person in (one, other, world.person("panel")):
        assert codes(partial(seeing, apart, person, 0)) == ["proposed_meanwhile"]
    assert Proposal.objects.get(closed_at=None) == first
    second = seeing(apart, one, first.seq)
    assert Proposal.objects.get(closed_at=None) == second


def test_a_proposal_that_is_sent_twice_is_made_once(world: World, apart: Dossier) -> None:
    one, reason = world.person("reviewer"), "بعد الاطلاع"
    first = seeing(apart, one, 0, "3", reason)
    assert seeing(apart, one, 0, "٣", f" {reason} ") == first
    assert codes(partial(seeing, apart, one, 0, "3", "another")) == ["proposed_meanwhile"]
    assert Event.objects.filter(stream=apart.pk, kind="consensus_proposed").count() == 1


def test_what_was_withdrawn_meanwhile_is_in_nobodys_way(world: World, apart: Dossier) -> None:
    first = seeing(apart, world.person("reviewer"), 0)
    withdraw(proposal=first, by=world.person("reviewer"))
    assert seeing(apart, world.person("reviewer", 1), 0) != first


def test_the_panel_proposes_beside_reviewers_knowing_of_their_proposal(world: World, apart: Dossier) -> None:
    first = seeing(apart, world.person("reviewer"), 0)
    panel = world.person("panel")
    assert codes(partial(seeing, apart, panel, 0)) == ["proposed_meanwhile"]
    own = seeing(apart, panel, first.seq, "3")
    assert set(Proposal.objects.filter(closed_at=None)) == {first, own}


def test_a_proposal_is_withdrawn_by_whoever_made_it(world: World, apart: Dossier) -> None:
    proposal = proposed(apart, world.person("reviewer"))
    assert codes(lambda: withdraw(proposal=proposal, by=world.person("reviewer", 1))) == ["not_your_proposal"]
    withdraw(proposal=proposal, by=world.person("reviewer"), reason="-")
    assert Event.objects.filter(stream=apart.pk, kind="consensus_withdrawn").count() == 1
    assert codes(lambda: withdraw(proposal=proposal, by=world.person("reviewer"))) == ["proposal_closed"]
    assert codes(lambda: confirm(proposal=proposal, by=world.person("reviewer", 1))) == ["proposal_closed"]


def test_what_is_said_with_consent_or_withdrawal_is_not_endless(world: World, apart: Dossier) -> None:
    one, other, endless = world.person("reviewer"), world.person("reviewer", 1), "x" * 20_001
    proposal = proposed(apart, one)
    assert codes(lambda: confirm(proposal=proposal, by=other, comment=endless)) == ["text_too_long"]
    assert codes(lambda: withdraw(proposal=proposal, by=one, reason=endless)) == ["text_too_long"]
    assert confirm(proposal=proposal, by=other, comment="\u200b")
    consent = told(Event.objects.filter(stream=apart.pk, kind="consensus_confirmed"))
    assert [each.comment for each in consent] == [""]


def test_only_reviewers_and_the_panel_agree(world: World, apart: Dossier) -> None:
    for person in (world.applicant, world.stranger, world.person("coordinator"), world.person("reviewer", 2)):
        assert codes(partial(proposed, apart, person)) == ["not_your_role"]


def test_whoever_has_an_interest_agrees_on_nothing(world: World, apart: Dossier) -> None:
    join(organisation=apart.organisation, user=world.person("reviewer"), by=SYSTEM)
    assert codes(lambda: proposed(apart, world.person("reviewer"))) == ["interest_bars"]


def test_a_reviewer_of_the_file_does_not_speak_for_the_panel(world: World, apart: Dossier) -> None:
    grant_role(user=world.person("reviewer"), role="panel", by=SYSTEM)
    proposal = proposed(apart, world.person("panel"))
    assert codes(lambda: confirm(proposal=proposal, by=world.person("reviewer"))) == ["involved"]


def test_a_proposal_without_reason_or_off_the_scale_is_refused(world: World, apart: Dossier) -> None:
    def bad(value: str, reason: str = "-", criterion: tuple[str, str] = A1) -> list[str]:
        by = world.person("reviewer")
        return codes(lambda: propose(dossier=apart, criterion=criterion, value=value, reason=reason, by=by))

    assert bad("5", " ") == ["bad_rating", "comment_missing"]
    assert bad("2", "\u200b") == ["comment_missing"]
    assert bad("2", "x" * 20_001) == ["text_too_long"]
    assert bad("") == ["ratings_missing"]
    assert bad("2", criterion=A2) == ["nothing_to_reconcile"]
    assert bad("2", criterion=("other", "a-1")) == ["nothing_to_reconcile", "unknown_rubric"]
    assert not Proposal.objects.exists()


def test_nothing_is_agreed_while_a_review_is_open_or_where_no_step_asks(world: World) -> None:
    world.scheme(
        changed(
            GUARDED,
            ("requires: [{reviews_complete: 1}]", "requires: [{reviews_complete: 1}, {reconciled: 2}]"),
        ),
        RECONCILED,
    )
    file = world.dossier("in_review", scheme="mini")
    reviews = [ask(world, file, world.person("reviewer", number)) for number in range(2)]
    fill(reviews[0], "4", "4", "4")
    perform(file, "send_review", world.person("reviewer"))
    assert codes(lambda: proposed(file, world.person("reviewer"))) == ["reviews_missing"]
    draft = world.dossier("draft")
    duty = ("code-of-conduct", "duty-1")
    assert codes(lambda: proposed(draft, world.person("panel"), "1", duty)) == ["consensus_closed"]


def test_a_later_review_puts_an_end_to_what_was_agreed(world: World, apart: Dossier) -> None:
    agree(world, apart)
    world.perform(apart, "reopen")
    fill(ask(world, apart, world.person("reviewer", 2)), "4", "3", "4")
    perform(apart, "send_review", world.person("reviewer", 2))
    world.perform(apart, "close")
    assert str(sheets_of(apart)["mini"].areas["a"].score) == "2.83"  # the means 3 and 8/3
    assert codes(lambda: world.perform(apart, "grant")) == ["to_reconcile"]
    proposal = proposed(apart, world.person("reviewer"), "4")
    confirm(proposal=proposal, by=world.person("reviewer", 1))
    assert confirm(proposal=proposal, by=world.person("reviewer", 2))
    world.perform(apart, "grant")


def test_findings_wait_for_what_is_agreed(world: World) -> None:
    world.scheme(GUARDED, RECONCILED)
    file = reviewed(world, ("0", "0", "4"), ("2", "0", "4"))
    assert list(Finding.objects.filter(dossier=file).values_list("criterion", flat=True)) == ["a-2"]
    agree(world, file, "0")
    found = Finding.objects.filter(dossier=file).values_list("criterion", "severity", "rating")
    assert sorted(found) == [("a-1", "major", "0.00"), ("a-2", "major", "0.00")]


def test_nothing_is_found_where_a_good_rating_is_agreed(world: World) -> None:
    world.scheme(GUARDED, RECONCILED)
    file = reviewed(world, ("0", "4", "4"), ("2", "4", "4"))
    agree(world, file, "3")
    assert not Finding.objects.filter(dossier=file).exists()


def test_past_ratings_are_those_that_were_agreed(world: World, apart: Dossier) -> None:
    agree(world, apart, "1")
    assert past_ratings("mini", "1").ratings[apart.number]["a-1"] == 1


def test_what_was_agreed_is_never_changed(world: World, apart: Dossier) -> None:
    agree(world, apart)
    for change in (
        lambda: Agreed.objects.update(value="4"),
        lambda: Agreed.objects.all().delete(),
        lambda: Proposal.objects.get().consents.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_bound_that_no_step_keeps_is_an_error_of_the_definition(world: World) -> None:
    with pytest.raises(AssertionError, match="no step waits until reviewers agree"):
        world.scheme(WORKFLOW, RECONCILED)


def test_a_guard_that_nothing_can_fail_is_an_error_of_the_definition(world: World) -> None:
    with pytest.raises(AssertionError, match="reconcile_above"):
        world.scheme(GUARDED, RUBRIC)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_both_count(world: World) -> None:
    world.scheme(GUARDED, RECONCILED)
    file = reviewed(world, ("4", "3", "4"), ("1", "3", "4"), ("2", "3", "4"))
    proposal = proposed(file, world.person("reviewer", 2))
    people = [world.person("reviewer", number) for number in range(2)]
    outcomes = at_once(*(partial(confirm, proposal=proposal, by=each) for each in people))
    assert sorted(outcomes) == [False, True]
    assert Event.objects.filter(stream=file.pk, kind="consensus_reached").count() == 1
