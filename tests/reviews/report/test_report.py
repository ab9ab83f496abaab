"""A report is made once, contested, and amended by those who hear it; what it said before can be read."""

from __future__ import annotations

import pytest
from django.db import connection

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.consensus import confirm, propose
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.report.models import Contest
from accreditation_engine.reviews.report.versions import versions_of
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.engine.replay.busy import pdf
from tests.reviews.interests.scheme import refused
from tests.support.world import World, overdue

RUBRIC = "institutional-commitment"


def low(dossier: Dossier) -> tuple[str, str]:
    """A criterion that was rated so badly that it raised a finding, and none by hand."""
    finding = Finding.objects.filter(dossier=dossier, rubric=RUBRIC).order_by("criterion")[0]
    return RUBRIC, finding.criterion


def with_organisation(world: World) -> Dossier:
    return world.dossier("accuracy", level=0.2)


def test_organisation_contests_and_reviewers_agree_on_another_rating(world: World) -> None:
    dossier = with_organisation(world)
    key = low(dossier)
    (first,) = versions_of(dossier.pk)
    point = Point("المحضر يثبت العكس", key)
    made = contest(dossier=dossier, point=point, uploads=[pdf("محضر.pdf", "1")], by=world.applicant)
    assert made.files.get().evidence.criterion == key[1]
    assert refused(lambda: contest(dossier=dossier, point=point, by=world.applicant)) == ["contested_already"]
    world.perform(dossier, "confirm_report")
    assert refused(lambda: contest(dossier=dossier, point=point, by=world.applicant)) == ["report_closed"]
    one, other = (world.person("reviewer", number) for number in (0, 1))
    assert refused(lambda: perform(dossier, "close_points", one)) == ["contests_open"]
    answer_contest(contest=made, accept=True, reason="صحيح", by=one)
    assert refused(lambda: perform(dossier, "close_points", one)) == ["contests_unamended"]
    confirm(proposal=propose(dossier=dossier, criterion=key, value="3", reason="المحضر", by=one), by=other)
    perform(dossier, "close_points", one)
    latest = versions_of(dossier.pk)[-1]
    was = first.content.ratings[key[0]][key[1]]
    assert (latest.number, latest.changed) == (2, [(*key, was, "3.00")])
    assert versions_of(dossier.pk)[0].content == first.content
    assert str(sheets_of(dossier)[RUBRIC].ratings[key[1]]) == "3"
    assert list(verify_all()) == []


def test_what_is_kept_needs_a_reason_and_changes_nothing(world: World) -> None:
    dossier = with_organisation(world)
    made = contest(dossier=dossier, point=Point("لا", low(dossier)), by=world.applicant)
    reviewer = world.person("reviewer")
    assert refused(lambda: answer_contest(contest=made, accept=False, reason="x", by=reviewer)) == [
        "nothing_heard"
    ]
    with overdue(dossier):
        assert refused(lambda: contest(dossier=dossier, point=Point("نعم"), by=world.applicant)) == [
            "deadline_passed"
        ]
    world.perform(dossier, "end_accuracy")
    assert refused(lambda: answer_contest(contest=made, accept=False, reason="", by=reviewer)) == [
        "comment_missing"
    ]
    answer_contest(contest=made, accept=False, reason="لم يثبت", by=reviewer)
    assert refused(lambda: answer_contest(contest=made, accept=True, reason="x", by=reviewer)) == [
        "contest_answered_already"
    ]
    perform(dossier, "close_points", reviewer)
    assert len(versions_of(dossier.pk)) == 1


def test_appeal_panel_amends_the_report_before_it_upholds(world: World) -> None:
    dossier = world.dossier("refused")
    key = low(dossier)
    finding = Finding.objects.get(dossier=dossier, rubric=key[0], criterion=key[1])
    points = [
        contest(dossier=dossier, point=each, by=world.applicant)
        for each in (Point("التقييم خطأ", key), Point("بلا دليل", finding=finding), Point("قرار معيب"))
    ]
    world.perform(dossier, "appeal")
    one, other = (world.person("appeal_panel", number) for number in (0, 1))
    assert refused(
        lambda: answer_contest(contest=points[0], accept=True, reason="x", by=world.person("reviewer"))
    ) == ["not_your_role"]
    for person in (one, other):
        perform(dossier, "vote_on_appeal", person, data={"choice": "uphold"})
    assert refused(lambda: world.perform(dossier, "uphold")) == ["contests_open"]
    assert refused(lambda: perform(finding, "annul_on_appeal", one, comment="x")) == ["contest_not_accepted"]
    for each in points:
        answer_contest(contest=each, accept=True, reason="صحيح", by=one)
    proposal = propose(dossier=dossier, criterion=key, value="4", reason="الدليل", by=one)
    assert refused(lambda: world.perform(dossier, "uphold")) == ["contests_unamended"]
    assert confirm(proposal=proposal, by=other)
    perform(finding, "annul_on_appeal", one, comment="لا دليل موضوعيا")
    world.perform(dossier, "uphold")
    numbers = [(each.number, bool(each.changed), each.withdrawn) for each in versions_of(dossier.pk)]
    assert numbers == [(1, False, []), (2, True, []), (3, False, [str(finding.pk)])]
    assert dossier.state == "deciding"
    assert list(verify_all()) == []


def test_a_version_that_is_forged_is_named(world: World) -> None:
    dossier = world.dossier("deciding")
    event = Event.objects.get(stream=dossier.pk, kind="report_made")
    with lifted(connection):
        body = bytes(event.body).replace(b'"4.00"', b'"3.00"', 1)
        Event.objects.filter(pk=event.pk).update(body=body)
        assert "report" in {each.code for each in verify_all(stream=dossier.pk)}


@pytest.mark.parametrize("state", ["screening", "in_review", "reviewed", "correcting", "deciding"])
def test_nothing_is_contested_where_the_organisation_reads_no_report(world: World, state: str) -> None:
    dossier = world.dossier(state)
    assert refused(lambda: contest(dossier=dossier, point=Point("لا"), by=world.applicant)) == [
        "report_closed"
    ]
    assert not Contest.objects.exists()
