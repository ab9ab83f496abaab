"""Asking the organisation and answering, on pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accreditation_engine.definitions.calendars import WEEKDAYS
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.reviews.questions.models import Question
from tests.engine.replay.busy import pdf
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.reviews.questions.scheme import asking_scheme, in_days, in_review, question
from tests.support.world import World


@pytest.fixture(autouse=True)
def scheme(world: World) -> None:
    asking_scheme(world)


def sent(text: str = "Where are the minutes?", **more: Any) -> dict[str, Any]:
    return {"text": text, "criterion": "mini:a-1", "due_on": in_days(7).isoformat(), **more}


def test_question_goes_to_the_organisation_and_back(world: World) -> None:
    dossier, reviewer = in_review(world)
    asker = visitor(reviewer)
    assert asker.post(page_of(dossier, "questions"), sent()).status_code == 302
    asked = Question.objects.get()
    home = text_of(visitor(world.applicant).get(reverse("home")))
    assert "A question is to be answered by" in home
    page = text_of(visitor(world.applicant).get(page_of(dossier, "questions")))
    assert "Where are the minutes?" in page
    assert "reviewer A" in page
    assert reviewer.name not in page
    answer = {"text": "Here.", "files": [pdf("minutes.pdf", "1")]}
    assert (
        visitor(world.applicant).post(page_of(dossier, "answer_question", asked.pk), answer).status_code
        == 302
    )
    page = text_of(asker.get(page_of(dossier, "questions")))
    assert "Here." in page
    assert "minutes.pdf" in page
    assert "No question waits for an answer." in text_of(asker.get(page_of(dossier)))
    assert asker.post(page_of(dossier, "ask_on", asked.pk), sent("And who signed?")).status_code == 302
    follows = Question.objects.get(follows=asked)
    assert (follows.rubric, follows.criterion) == ("mini", "a-1")
    withdrawn = asker.post(page_of(dossier, "withdraw_question", follows.pk), {"text": "Found it"})
    assert withdrawn.status_code == 302
    assert "Found it" in text_of(visitor(world.applicant).get(page_of(dossier, "questions")))


def test_what_was_typed_stays_when_it_is_refused(world: World) -> None:
    dossier, reviewer = in_review(world)
    bad = visitor(reviewer).post(page_of(dossier, "questions"), sent(due_on="soon"))
    assert (bad.status_code, Question.objects.count()) == (409, 0)
    assert "Where are the minutes?" in text_of(bad)
    asked = question(dossier, reviewer)
    address = page_of(dossier, "answer_question", asked.pk)
    bad = visitor(world.applicant, "ar").post(address, {"text": "نص طويل", "files": [pdf("a.exe")]})
    assert (bad.status_code, Evidence.objects.count()) == (409, 0)
    assert "نص طويل" in text_of(bad)


def test_a_day_off_moves_to_the_next_working_day_and_whoever_asks_is_told(world: World) -> None:
    off = WEEKDAYS[in_days(7).weekday()]
    calendar = f"calendar: {{weekend: [{off}], moves: next_working_day}}\nsubject: dossier"
    asking_scheme(world, ("subject: dossier", calendar))
    dossier, reviewer = in_review(world)
    asker = visitor(reviewer)
    assert f'value="{in_days(8).isoformat()}"' in asker.get(page_of(dossier, "questions")).text
    answer = asker.post(page_of(dossier, "questions"), sent(), follow=True)
    assert "is a day off" in text_of(answer)
    assert Question.objects.get().due_on == in_days(8)
    asker.post(page_of(dossier, "questions"), sent(due_on=in_days(8).isoformat()))
    assert Question.objects.count() == 1


def test_page_is_not_there_for_those_who_see_no_questions(world: World) -> None:
    dossier, reviewer = in_review(world)
    asked = question(dossier, reviewer)
    for person in (world.stranger, world.person("panel")):
        assert visitor(person).get(page_of(dossier, "questions")).status_code == 404
        answer = visitor(person).post(page_of(dossier, "answer_question", asked.pk), {"text": "x"})
        assert answer.status_code == 404
    trail = text_of(visitor(world.person("coordinator")).get(page_of(dossier, "trail")))
    assert "The organisation was asked a question" in trail
    assert "أين محضر الجمعية؟" in trail
    others = visitor(world.person("auditor"))
    assert others.get(page_of(dossier, "questions")).status_code == 404
    assert "أين محضر الجمعية؟" not in text_of(others.get(page_of(dossier, "trail")))


def test_pages_cost_the_same_however_much_was_asked(world: World) -> None:
    dossier, reviewer = in_review(world)
    question(dossier, reviewer)
    page = page_of(dossier, "questions")
    once = queries_for(visitor(world.applicant), page)
    for number in range(5):
        question(dossier, reviewer, f"{number}?")
    assert queries_for(visitor(world.applicant), page) == once <= 15
