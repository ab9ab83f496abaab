"""The organisation is asked, and answers, while its file stays where it is."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accreditation_engine.dossiers.evidence import Seen, file_digest, keep_file
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.reviews.questions.answering import answer_question, is_late
from accreditation_engine.reviews.questions.asking import WHOLE, latest_day, withdraw_question
from accreditation_engine.reviews.questions.models import Question, QuestionFile
from accreditation_engine.trail.models import Event
from tests.engine.replay.busy import pdf
from tests.reviews.interests.scheme import refused
from tests.support.small import fill
from tests.support.world import World, later

from .scheme import asking_scheme, in_days, in_review, question


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    asking_scheme(world)


def test_question_is_answered_with_a_file_and_the_dossier_stays(world: World) -> None:
    dossier, reviewer = in_review(world)
    asked = question(dossier, reviewer)
    assert Letter.objects.get(kind="question_asked").person == world.applicant
    answer_question(question=asked, text="هو هنا", uploads=[pdf("محضر.pdf", "1")], by=world.applicant)
    asked.refresh_from_db()
    file = QuestionFile.objects.get(question=asked).evidence
    assert (file.rubric, file.criterion, file.name) == ("mini", "a-1", "محضر.pdf")
    event = Event.objects.get(stream=dossier.pk, seq=asked.answered_seq)
    assert (event.kind, event.data["late"], event.data["files"]) == (
        "question_answered",
        False,
        [file.sha256],
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.state_seq) == ("in_review", 1)
    assert Letter.objects.get(kind="question_answered").person == reviewer
    assert list(verify_all()) == []


def test_a_file_that_reviewers_saw_on_a_visit_is_not_the_one_that_the_organisation_sends(
    world: World,
) -> None:
    dossier, reviewer = in_review(world)
    asked, upload = question(dossier, reviewer), pdf("محضر.pdf", "1")
    seen = keep_file(
        dossier=dossier,
        rubric=asked.rubric,
        criterion=asked.criterion,
        upload=upload,
        sha256=file_digest(upload),
        by=reviewer,
        seen=Seen(1, timezone.localdate()),
    )
    answer_question(question=asked, text="هو هنا", uploads=[pdf("محضر.pdf", "1")], by=world.applicant)
    file = QuestionFile.objects.get(question=asked).evidence
    assert (file.visit, file.filed_by, file.sha256) == (None, world.applicant, seen.sha256)


def test_the_same_question_sent_twice_is_one_and_several_are_open_at_once(world: World) -> None:
    dossier, reviewer = in_review(world)
    first = question(dossier, reviewer)
    assert question(dossier, reviewer) == first
    question(dossier, world.person("coordinator"), criterion=WHOLE)
    assert Question.objects.count() == 2


def test_answer_after_its_day_is_taken_and_marked_late(world: World) -> None:
    dossier, reviewer = in_review(world)
    asked = question(dossier, reviewer)
    with later(days=9):
        answer_question(question=asked, text="تأخرنا", by=world.applicant)
        asked.refresh_from_db()
        assert is_late(asked)
    assert Event.objects.get(stream=dossier.pk, kind="question_answered").data["late"] is True


def test_what_is_answered_once_is_answered_and_can_be_asked_on(world: World) -> None:
    dossier, reviewer = in_review(world)
    asked = question(dossier, reviewer)
    assert refused(lambda: question(dossier, reviewer, "ثم؟", follows=asked)) == ["question_unanswered"]
    answer_question(question=asked, text="نعم", by=world.applicant)
    assert refused(lambda: answer_question(question=asked, text="لا", by=world.applicant)) == [
        "question_answered_already"
    ]
    assert question(dossier, reviewer, "ثم؟", follows=asked).follows == asked
    assert refused(lambda: withdraw_question(question=asked, reason="-", by=reviewer)) == [
        "question_answered_already"
    ]
    assert list(verify_all()) == []


def test_whoever_asked_or_a_coordinator_withdraws_it(world: World) -> None:
    dossier, reviewer = in_review(world)
    first, second = question(dossier, reviewer), question(dossier, world.person("coordinator"), "لماذا؟")
    assert refused(lambda: withdraw_question(question=second, reason="-", by=reviewer)) == [
        "not_your_question"
    ]
    withdraw_question(question=first, reason="وجدته", by=world.person("coordinator"))
    assert refused(lambda: answer_question(question=first, text="هو هنا", by=world.applicant)) == [
        "question_withdrawn_already"
    ]
    assert list(verify_all()) == []


def test_flaws_of_a_question_are_named_at_once(world: World) -> None:
    dossier, reviewer = in_review(world)
    wrong = {"criterion": ("mini", "z"), "due_on": in_days(-1)}
    assert refused(lambda: question(dossier, reviewer, " ", **wrong)) == [
        "unknown_criterion",
        "question_without_text",
        "answer_due_in_the_past",
    ]
    far = {"due_on": latest_day().replace(year=latest_day().year + 1)}
    assert refused(lambda: question(dossier, reviewer, **far)) == ["answer_due_too_late"]
    assert refused(lambda: question(dossier, world.applicant)) == ["not_your_role"]
    assert refused(lambda: question(dossier, world.person("panel"))) == ["not_your_role"]


def test_nothing_is_kept_of_an_answer_with_a_bad_file_or_none(world: World) -> None:
    dossier, reviewer = in_review(world)
    about_all = question(dossier, reviewer, criterion=WHOLE)
    files = [pdf("محضر.pdf", "1"), pdf("محضر.exe", "2")]
    assert refused(
        lambda: answer_question(question=about_all, text="", uploads=files, by=world.applicant)
    ) == ["question_without_answer", "file_kind", "file_belongs_nowhere"]
    assert refused(
        lambda: answer_question(question=about_all, text="هو", uploads=files[:1], by=world.applicant)
    ) == ["file_belongs_nowhere"]
    assert not Evidence.objects.exists()
    answer_question(
        question=about_all,
        text="هو",
        uploads=[pdf("محضر.pdf", "1")],
        belongs_to=("mini", "b-1"),
        by=world.applicant,
    )
    assert Evidence.objects.get().criterion == "b-1"
    assert list(verify_all()) == []


def test_nobody_asks_or_answers_where_the_state_shows_no_questions(world: World) -> None:
    dossier, reviewer = in_review(world)
    asked = question(dossier, reviewer)
    fill(dossier.assignments.get(), "4", "4", "4")
    perform(dossier, "send_review", reviewer)
    world.perform(dossier, "close")
    assert refused(lambda: question(dossier, reviewer, "ثم؟")) == ["questions_closed"]
    assert refused(lambda: answer_question(question=asked, text="نعم", by=world.applicant)) == [
        "questions_closed"
    ]


def test_open_questions_bar_a_step_that_asks_for_answers_until_their_day(world: World) -> None:
    asking_scheme(
        world, ("requires: [own_review_complete,", "requires: [own_review_complete, questions_answered,")
    )
    dossier, reviewer = in_review(world)
    fill(dossier.assignments.get(), "4", "4", "4")
    question(dossier, reviewer)
    assert refused(lambda: perform(dossier, "send_review", reviewer)) == ["questions_open"]
    with later(days=9):
        perform(dossier, "send_review", reviewer)
