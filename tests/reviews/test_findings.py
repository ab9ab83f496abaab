"""Findings: raised once by the rubric's rules, each with a life of its own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accreditation_engine.definitions.calendars import WEEKDAYS
from accreditation_engine.definitions.durations import after
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.domain import engage, join
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import verify
from tests.support.small import RUBRIC, WORKFLOW, ask, fill, reviewed, small_scheme
from tests.support.world import World, changed


def found(file: Dossier) -> dict[str, str]:
    return dict(Finding.objects.filter(dossier=file).values_list("criterion", "severity"))


@pytest.fixture
def finding(world: World) -> Finding:
    """A major nonconformity found by the first reviewer."""
    small_scheme(world)
    return Finding.objects.get(dossier=reviewed(world, ("0", "4", "4")))


def codes(subject: Any, step: str, by: Any, comment: str = "-") -> list[str]:
    with pytest.raises(Refused) as refused:
        perform(subject, step, by, comment=comment)
    return [each.code for each in refused.value.reasons]


def test_each_rule_raises_its_severity(world: World) -> None:
    small_scheme(world)
    assert found(reviewed(world, ("0", "1", "2"))) == {"a-1": "major", "a-2": "minor", "b-1": "observation"}


def test_nothing_falls_due_on_a_day_off(world: World) -> None:
    """The scheme moves what ends on one; when a finding is to be corrected is such a time."""
    day = after(timezone.localdate(), "P90D")
    calendar = f"calendar: {{weekend: [{WEEKDAYS[day.weekday()]}], moves: next_working_day}}"
    world.scheme(changed(WORKFLOW, ("initial: in_review", f"{calendar}\ninitial: in_review")), RUBRIC)
    file = reviewed(world, ("0", "4", "4"))
    assert Finding.objects.get(dossier=file).due_on == day + timedelta(days=1)


def test_good_ratings_raise_nothing(world: World) -> None:
    small_scheme(world)
    assert found(reviewed(world, ("3", "4", "not_applicable"))) == {}


def test_the_mean_of_the_reviews_raises_findings(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("0", "0", "4"), ("1", "0", "1"))  # 0.5, 0 and 2.5
    assert found(file) == {"a-1": "minor", "a-2": "major"}


def test_what_nobody_could_verify_is_a_finding(world: World) -> None:
    small_scheme(world)
    assert found(reviewed(world, ("unable_to_verify", "4", "4"))) == {"a-1": "major"}


def test_each_severity_has_its_time(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("0", "1", "2"))
    due = dict(Finding.objects.filter(dossier=file).values_list("severity", "due_on"))
    today = timezone.localdate()
    assert due == {
        "major": after(today, "P90D"),
        "minor": after(today, "P180D"),
        "observation": None,
    }


def test_findings_are_opened_by_the_system(world: World, finding: Finding) -> None:
    event = Event.objects.get(stream=finding.pk)
    assert (event.kind, event.actor, event.role) == ("opened", None, "system")
    assert event.data == {
        "dossier": str(finding.dossier_id),
        "rubric": "mini",
        "criterion": "a-1",
        "severity": "major",
        "rating": "0.00",
        "evidence": [],
        "due_on": finding.due_on.isoformat() if finding.due_on else None,
    }


def test_findings_stand_once_however_often_the_reviews_are_closed(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("0", "4", "4"))
    world.perform(file, "reopen")
    world.perform(file, "close")
    assert found(file) == {"a-1": "major"}


def test_a_later_review_adds_what_is_new_or_worse(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("0", "4", "2"))
    world.perform(file, "reopen")
    fill(ask(world, file, world.person("reviewer", 1)), "2", "0", "0")  # on the mean 1, 2 and 1
    perform(file, "send_review", world.person("reviewer", 1))
    world.perform(file, "close")
    every = Finding.objects.filter(dossier=file).values_list("criterion", "severity")
    assert sorted(every) == [
        ("a-1", "major"),
        ("a-2", "observation"),
        ("b-1", "minor"),
        ("b-1", "observation"),
    ]


def test_the_life_of_a_finding(world: World, finding: Finding) -> None:
    reviewer = world.person("reviewer")
    for step, by, state in (
        ("answer", world.applicant, "answered"),
        ("send_back", reviewer, "returned"),
        ("answer", world.applicant, "answered"),
        ("verify", reviewer, "closed"),
    ):
        perform(finding, step, by, comment="مرفق ما يثبت")
        assert finding.state == state
    for step in ("answer", "send_back", "verify", "lapse"):
        with pytest.raises(Refused) as refused:
            world.perform(finding, step)
        assert [each.code for each in refused.value.reasons] == ["wrong_state"]
    assert list(verify(stream=finding.pk)) == []


def test_only_the_organisation_answers_and_only_its_reviewers_verify(world: World, finding: Finding) -> None:
    for person in (world.stranger, world.person("reviewer"), world.person("coordinator")):
        assert codes(finding, "answer", person) == ["not_your_role"]
    perform(finding, "answer", world.applicant, comment="-")
    for person in (world.stranger, world.applicant, world.person("reviewer", 1), world.person("panel")):
        assert codes(finding, "verify", person) == ["not_your_role"]


@pytest.mark.parametrize("hand", ["applicant", "coach"])
def test_a_reviewer_who_has_come_to_an_interest_does_not_verify(
    world: World, finding: Finding, hand: str
) -> None:
    reviewer, organisation = world.person("reviewer"), finding.dossier.organisation
    perform(finding, "answer", world.applicant, comment="-")
    if hand == "applicant":
        join(organisation=organisation, user=reviewer, by=SYSTEM)
    else:
        engage(coach=reviewer, organisation=organisation, began_on=timezone.localdate(), by=SYSTEM)
    for step in ("verify", "send_back"):
        with pytest.raises(Refused) as refused:
            perform(finding, step, reviewer, comment="-")
        assert [each.as_data() for each in refused.value.reasons] == [{"code": "involved", "roles": [hand]}]


def test_an_answer_says_what_was_done(world: World, finding: Finding) -> None:
    assert codes(finding, "answer", world.applicant, comment=" ") == ["comment_missing"]


def test_a_finding_is_overdue_when_its_last_day_is_over(world: World, finding: Finding) -> None:
    assert finding.due_on is not None
    last_moment = timezone.make_aware(datetime.combine(finding.due_on, time(23, 59, 59)))
    sweep(now=last_moment)
    finding.refresh_from_db()
    assert finding.state == "open"
    sweep(now=last_moment + timedelta(seconds=2))
    finding.refresh_from_db()
    assert finding.state == "overdue"
    assert Event.objects.filter(stream=finding.pk, transition="lapse", role="system").count() == 1
    perform(finding, "answer", world.applicant, comment="متأخر")
    assert finding.state == "answered"


def test_a_returned_finding_has_thirty_days(world: World, finding: Finding) -> None:
    perform(finding, "answer", world.applicant, comment="-")
    perform(finding, "send_back", world.person("reviewer"), comment="-")
    assert finding.deadline_at == after(finding.entered_at, "P30D")
    sweep(now=timezone.now() + timedelta(days=31))
    finding.refresh_from_db()
    assert finding.state == "overdue"


def test_an_answered_finding_is_never_overdue(world: World, finding: Finding) -> None:
    perform(finding, "answer", world.applicant, comment="-")
    sweep(now=timezone.now() + timedelta(days=4000))
    finding.refresh_from_db()
    assert finding.state == "answered"


def test_an_observation_is_never_overdue(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("2", "4", "4"))
    sweep(now=timezone.now() + timedelta(days=4000))
    assert Finding.objects.get(dossier=file).state == "open"


def grant_with(world: World, guard: str, *reviews: tuple[str, str, str]) -> Dossier:
    small_scheme(world, guard)
    return reviewed(world, *reviews)


def close(world: World, finding: Finding) -> None:
    perform(finding, "answer", world.applicant, comment="-")
    perform(finding, "verify", world.person("reviewer"), comment="-")


def test_an_open_major_finding_bars_the_grant_until_it_is_closed(world: World) -> None:
    file = grant_with(world, "no_open_findings: major", ("0", "1", "4"))
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    assert [each.as_data() for each in refused.value.reasons] == [
        {"code": "findings_open", "count": 1, "criteria": ["a-1"], "severity": "major"}
    ]
    major = Finding.objects.get(dossier=file, severity="major")
    perform(major, "answer", world.applicant, comment="-")
    assert codes(file, "grant", world.person("panel"), comment="") == ["findings_open"]
    perform(major, "verify", world.person("reviewer"), comment="-")
    world.perform(file, "grant")
    assert file.state == "granted"


def test_without_a_severity_every_open_finding_bars(world: World) -> None:
    file = grant_with(world, "no_open_findings:", ("2", "1", "4"))
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    reason = refused.value.reasons[0].parameters
    assert (reason["count"], sorted(reason["criteria"])) == (2, ["a-1", "a-2"])
    for finding in Finding.objects.filter(dossier=file):
        close(world, finding)
    world.perform(file, "grant")


def test_a_correction_is_asked_for_only_where_a_finding_is_open(world: World) -> None:
    file = grant_with(world, "open_findings: minor", ("0", "4", "4"))
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    assert [each.code for each in refused.value.reasons] == ["no_findings_open"]


def test_a_severity_that_does_not_exist_is_an_error_of_the_definition(world: World) -> None:
    with pytest.raises(AssertionError, match="grave"):
        small_scheme(world, "no_open_findings: grave")


def test_findings_of_two_rules_of_one_severity_have_the_time_of_their_own(world: World) -> None:
    rubric = changed(
        RUBRIC,
        (
            "{severity: minor, rating_at_most: 1, correct_within: P180D}",
            "{severity: minor, rating_at_most: 1, correct_within: P60D}\n"
            "  - {severity: minor, rating_at_most: 2, correct_within: P180D}",
        ),
        ("  - {severity: observation, rating_at_most: 2}\n", ""),
    )
    world.scheme(WORKFLOW, rubric)
    file = reviewed(world, ("1", "2", "4"))
    due = dict(Finding.objects.filter(dossier=file).values_list("criterion", "due_on"))
    today = timezone.localdate()
    assert due == {"a-1": after(today, "P60D"), "a-2": after(today, "P180D")}
