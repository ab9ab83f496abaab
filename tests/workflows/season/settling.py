"""What comes between the reviews and the panel: overdue reviews, a question, disagreement, a contested report,
corrective action."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.reviews.apart import reviews_apart
from accreditation_engine.reviews.consensus import confirm, propose
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.reviews.questions.answering import answer_question
from accreditation_engine.reviews.questions.asking import Asked, ask_question
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.reviews.rules import reviewer_unfit
from tests.reviews.interests.scheme import refused

from . import plan
from .people import SAID, Season, all_taken
from .reviewing import review, reviews_of

BOARD = ("season", "board")


def ask(season: Season) -> None:
    """Until it is answered, the reviews are not closed."""
    (file,) = season.those(plan.ASKED)
    day = timezone.localdate() + timedelta(days=5)
    reviewer = reviews_of(file)[0].reviewer
    question = ask_question(dossier=file, asked=Asked(SAID, day, BOARD), by=reviewer)
    assert refused(lambda: perform(file, "close_review", season.coordinator)) == ["questions_open"]
    answer_question(question=question, text=SAID, by=season.applicants[plan.ASKED])


def close_reviews(season: Season) -> None:
    """Of all that are complete; what has to be settled is, and they go to the panel."""
    all_taken(season.standing_in("in_review", but=plan.LATE), "close_review", season.coordinator)
    perform(season.files[plan.WITHDRAWN], "withdraw", season.applicants[plan.WITHDRAWN], comment=SAID)
    for file in season.those(*plan.APART):
        assert refused(lambda file=file: perform(file, "refer", season.coordinator)) == ["to_reconcile"]
        _agree(file, "3")
    _read_by_the_organisation(season)
    season.look()
    perform(season.files[plan.CORRECTED], "request_correction", season.coordinator)
    refer(season)


def refer(season: Season) -> None:
    all_taken(season.standing_in("reviewed"), "refer", season.coordinator)


def _agree(file: Dossier, value: str) -> None:
    """The first proposes, for a reason, and the other agrees."""
    first, second = (each.reviewer for each in reviews_of(file))
    proposal = propose(dossier=file, criterion=BOARD, value=value, reason=SAID, by=first)
    assert confirm(proposal=proposal, by=second)
    assert all(each.agreed for each in reviews_apart(file)[1])


def _read_by_the_organisation(season: Season) -> None:
    """It contests a rating, is found to be right, and reads the report as amended."""
    (file,) = season.those(plan.CONTESTED)
    perform(file, "send_report", season.coordinator)
    point = contest(dossier=file, point=Point(SAID, BOARD), by=season.applicants[plan.CONTESTED])
    perform(file, "confirm_report", season.applicants[plan.CONTESTED])
    answer_contest(contest=point, accept=True, reason=SAID, by=reviews_of(file)[0].reviewer)
    assert refused(lambda: perform(file, "close_points", season.coordinator)) == ["contests_unamended"]
    _agree(file, "4")
    perform(file, "close_points", season.coordinator)


def see_to_late_reviews(season: Season) -> None:
    """They are reminded of and escalated by the worker; a coordinator gives them to somebody else. The last one is
    not given on before the state's own time is over."""
    late = [reviews_of(file)[1] for file in season.those(*plan.LATE)]
    assert all(each.due_at for each in late)
    for each in (late[0].due_at - timedelta(days=2), late[0].due_at + timedelta(days=3)):  # type: ignore[operator]
        season.until(each)
    for assignment in late[:-1]:
        _give_on(season, assignment)
    review(season, but=plan.LATE[-1:])
    all_taken(season.those(*plan.LATE[:-1]), "close_review", season.coordinator)
    (last,) = season.those(plan.LATE[-1])
    season.until(last.deadline_at + timedelta(minutes=1))  # type: ignore[operator]
    assert last.state == "review_overdue"
    _give_on(season, late[-1])
    perform(last, "resume_review", season.coordinator, comment=SAID)
    review(season)
    perform(last, "close_review", season.coordinator)
    refer(season)


def _give_on(season: Season, assignment: Assignment) -> None:
    file = assignment.dossier
    to = next(each for each in season.reviewers if not reviewer_unfit(file, each))
    assert refused(lambda: hand_over(assignment=assignment, to=to, reason=" ", by=season.coordinator))
    hand_over(assignment=assignment, to=to, reason=SAID, by=season.coordinator)


def correct(season: Season) -> None:
    (file,) = season.those(plan.CORRECTED)
    for finding in Finding.objects.filter(dossier=file):
        perform(finding, "answer", season.applicants[plan.CORRECTED], comment=SAID)
        perform(finding, "verify", reviews_of(file)[0].reviewer, comment=SAID)
    perform(file, "refer", season.coordinator)
