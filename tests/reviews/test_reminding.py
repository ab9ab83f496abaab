"""Reminding of reviews that are due, of findings and of certificates, as the shipped schemes say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.days import end_of
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.organisations.letters.models import Letter, ReminderMade
from accreditation_engine.organisations.letters.reminder_times import PATIENCE
from accreditation_engine.organisations.letters.reminding import remind
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.reviews.reminding import remind_of_reviews
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import BADLY, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def in_review(world: World) -> Dossier:
    User.objects.update(language="en")
    dossier = world.dossier("in_review")
    nobody_is_written_to()
    return dossier


def open_reviews(dossier: Dossier) -> list[Assignment]:
    return list(Assignment.objects.filter(dossier=dossier, sent_at=None, released_at=None).order_by("pk"))


def due(dossier: Dossier) -> datetime:
    """When the last of them is, a moment after the first."""
    return max(each.due_at for each in open_reviews(dossier) if each.due_at)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def readers() -> set[str]:
    return set(Letter.objects.values_list("person__email", flat=True))


def test_reviewers_are_reminded_before_their_review_is_due(in_review: Dossier) -> None:
    own = {each.reviewer.email for each in open_reviews(in_review)}
    with at(due(in_review) - 6 * DAY):
        remind_of_reviews()
        assert readers() == set()
    with at(due(in_review) - 4 * DAY):
        remind_of_reviews()
        remind_of_reviews()
        assert readers() == own
        assert Letter.objects.count() == len(own)
        assert all("Your review is due on" in each.body for each in delivered())


def test_a_late_review_is_told_to_its_reviewer_and_then_to_the_coordinator(
    world: World, in_review: Dossier
) -> None:
    reviewers = {each.reviewer.email for each in open_reviews(in_review)}
    with at(due(in_review) + PATIENCE):
        remind_of_reviews()
        assert readers() == reviewers
        assert all("Your review is late: it was due on" in each.body for each in delivered())
    nobody_is_written_to()
    with at(due(in_review) + 3 * DAY + PATIENCE):
        remind_of_reviews()
        (message,) = delivered()
    assert message.to == [world.person("coordinator").email]
    assert "A review is late: it was due on" in message.body
    assert not any(each.name in message.body for each in world.cast.playing("reviewer"))


def test_nobody_is_reminded_of_a_review_that_was_given_back_before_the_mail_goes(
    world: World, in_review: Dossier
) -> None:
    with at(due(in_review) - 4 * DAY):
        remind_of_reviews()
        for each in open_reviews(in_review):
            release(assignment=each, by=world.person("coordinator"), reason="leave")
        assert delivered() == []


def test_nobody_is_reminded_of_a_review_that_can_be_sent_no_more(world: World, in_review: Dossier) -> None:
    world.perform(in_review, "withdraw")
    nobody_is_written_to()
    with at(in_review.entered_at + 40 * DAY):
        remind_of_reviews()
    assert readers() == set()


def test_whoever_is_no_reviewer_any_more_is_reminded_of_nothing(world: World, in_review: Dossier) -> None:
    first, *_others = open_reviews(in_review)
    for grant in RoleGrant.objects.filter(user=first.reviewer, role="reviewer"):
        end_role(grant=grant, by=SYSTEM, reason="left")
    with at(due(in_review) - 4 * DAY):
        remind_of_reviews()
        assert first.reviewer.email not in {each.to[0] for each in delivered()}


def test_reviews_are_found_in_one_query_whatever_their_number(world: World, in_review: Dossier) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            remind_of_reviews()
        return len([each for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]])

    with at(due(in_review) - 4 * DAY):
        assert cost() == 2 + 2  # editions and candidates; what was made, and the letters
    for _ in range(3):
        world.dossier("in_review")
    with at(Assignment.objects.order_by("-due_at")[0].due_at - 4 * DAY):  # type: ignore[operator]
        assert cost() == 2 + 2
    made = ReminderMade.objects.filter(what="review").count()
    assert made == Letter.objects.filter(kind="review_reminder").count() == Assignment.objects.count()


# Findings and certificates, whose deadlines are days that they carry


@pytest.mark.parametrize(("days", "letters"), [(31, 0), (29, 1), (6, 1)])
def test_the_organisation_is_reminded_of_a_finding(world: World, days: int, letters: int) -> None:
    """After days without a worker as after none: one letter, the latest."""
    User.objects.update(language="en")
    dossier = world.dossier("correcting", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier).order_by("due_on", "pk")[0]
    nobody_is_written_to()
    assert finding.due_on
    with at(end_of(finding.due_on) - days * DAY + timedelta(hours=1)):
        remind()
        mine = Letter.objects.filter(stream=finding.pk)
        assert mine.count() == letters
        Letter.objects.exclude(stream=finding.pk).delete()
        mails = delivered()
    assert [each.to for each in mails] == [[world.applicant.email]] * letters
    assert all("waits for you. The deadline is" in each.body for each in mails)
    assert all("Finding on" in each.body for each in mails)


def test_nobody_is_reminded_of_a_finding_that_was_answered(world: World) -> None:
    dossier = world.dossier("correcting", level=BADLY)
    finding = Finding.objects.filter(dossier=dossier)[0]
    assert finding.due_on
    with at(end_of(finding.due_on) - 5 * DAY):
        remind()
        Letter.objects.exclude(stream=finding.pk).delete()
        assert Letter.objects.count() == 1
        world.perform(finding, "answer")
        Letter.objects.filter(kind="step").delete()
        assert delivered() == []


def test_the_organisation_is_reminded_before_its_certificate_expires(world: World) -> None:
    User.objects.update(language="en")
    dossier = world.dossier("certified")
    certificate = Certificate.objects.get(dossier=dossier)
    nobody_is_written_to()
    assert certificate.valid_until
    with at(end_of(certificate.valid_until) - 59 * DAY):
        remind()
        (message,) = delivered()
    assert message.to == [world.applicant.email]
    assert f"Certificate {certificate.number}: Active” ends on" in message.body.replace("\u2068", "").replace(
        "\u2069", ""
    )


def test_members_who_have_voted_are_not_reminded_of_a_ballot(world: World) -> None:
    dossier = world.dossier("deciding")
    voter = world.person("panel")
    world.perform(dossier, "vote", data={"choice": "certify"})
    nobody_is_written_to()
    with at(timezone.now() + 15 * DAY):
        remind()
        told = {each.to[0] for each in delivered()}
    assert voter.email not in told
    assert told == {each.email for each in world.cast.playing("panel")} - {voter.email}
