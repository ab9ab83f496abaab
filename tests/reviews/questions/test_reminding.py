"""Questions whose day comes, or has passed."""

from __future__ import annotations

import pytest

from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.questions import reminding
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.questions.reminding import remind_of_questions
from tests.support.post import delivered, nobody_is_written_to
from tests.support.small import fill
from tests.support.world import World, later

from .scheme import asking_scheme, in_days, in_review, question


def written() -> list[tuple[str, str]]:
    return list(Letter.objects.filter(mail=None).values_list("kind", "role").order_by("kind"))


def asked(world: World) -> User:
    """A question that is due in a week; gives who asked it."""
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    question(dossier, reviewer)
    User.objects.update(language="en")
    nobody_is_written_to()
    return reviewer


def test_the_organisation_is_reminded_once_before_the_day_of_a_question(world: World) -> None:
    asked(world)
    for days, expected in ((4, []), (5.5, [("question_due", "applicant")])):
        with later(days=days):
            for _again in range(2):
                remind_of_questions()
            assert written() == expected
    with later(days=6):
        (mail,) = delivered()
        assert "still waits for your answer" in mail.body


def test_whoever_asked_is_told_when_the_day_has_passed_without_an_answer(world: World) -> None:
    reviewer = asked(world)
    with later(days=8.1):
        remind_of_questions()
        assert written() == [("question_late", "reviewer")]
        (mail,) = delivered()
        assert mail.to == [reviewer.email]
        assert "has not answered your question" in mail.body


def test_nobody_is_reminded_of_a_question_that_was_answered_meanwhile(world: World) -> None:
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    made = question(dossier, reviewer)
    nobody_is_written_to()
    with later(days=6):
        remind_of_questions()
        assert written() == [("question_due", "applicant")]
        answer_question(question=made, text="في الصفحة الثالثة", by=world.applicant)
        assert not any("waits for your answer" in mail.body or "ينتظر" in mail.body for mail in delivered())
    with later(days=9):
        remind_of_questions()
        assert written() == []


def test_a_question_that_was_asked_for_tomorrow_has_no_reminder_on_top_of_it(world: World) -> None:
    asking_scheme(world)
    dossier, reviewer = in_review(world)
    question(dossier, reviewer, due_on=in_days(1))
    nobody_is_written_to()
    remind_of_questions()
    assert written() == []


def test_a_question_in_a_file_that_moved_on_does_not_stand_before_those_that_can_be_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "AT_ONCE", 1)
    asking_scheme(world)
    gone, reviewer = in_review(world)
    question(gone, reviewer)
    fill(gone.assignments.get(), "4", "4", "4")
    perform(gone, "send_review", reviewer)
    world.perform(gone, "close")
    standing, reviewer = in_review(world)
    question(standing, reviewer)
    nobody_is_written_to()
    with later(days=6):
        remind_of_questions()
        assert list(Letter.objects.filter(mail=None).values_list("kind", "dossier")) == [
            ("question_due", standing.pk)
        ]
