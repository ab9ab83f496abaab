"""Two readings of one set of answers: asked once, judged twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accreditation_engine.dossiers.domain import Given, open_dossier, save_answers
from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.agreement import dossier_agreement
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.first_assessments import first_assessments
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.models import Finding, Rating
from accreditation_engine.reviews.past_ratings import past_ratings
from accreditation_engine.trail.models import Event
from tests.definitions.test_readings import BOTH, READING
from tests.portal.visitor import text_of, visitor
from tests.support.small import ASKED, RUBRIC, ask, fill, reviewed
from tests.support.world import TINY, World, changed

STRICT = changed(
    READING,
    ("when: {score: {at_least: 90}}", "when: {score: {at_least: 95}}"),
    ("at_least: 50", "at_least: 60"),
)


@pytest.fixture
def twice(world: World) -> World:
    """A scheme whose grant asks for both readings."""
    asked = "\n      - ".join(
        f"outcome: {{rubric: {rubric}, at_least: plain}}" for rubric in ("mini", "strict")
    )
    shown = ("waits_for: reviewer}", "waits_for: reviewer, shows: {reviewer: [own_ratings]}}")
    world.scheme(changed(BOTH, (ASKED, asked), shown), RUBRIC, STRICT)
    return world


def grant_refused(world: World, file: Dossier) -> list[dict[str, Any]]:
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    return [dict(each.parameters) for each in refused.value.reasons]


def test_ratings_that_are_given_once_are_judged_by_both(twice: World) -> None:
    file = reviewed(twice, ("2", "2", "2"))
    assert set(Rating.objects.filter(assignment__dossier=file).values_list("rubric", flat=True)) == {"mini"}
    assert {name: each.outcome for name, each in sheets_of(file).items()} == {
        "mini": "plain",
        "strict": "none",
    }
    assert [each["rubric"] for each in grant_refused(twice, file)] == ["strict"]


def test_step_is_taken_when_both_readings_allow_it(twice: World) -> None:
    file = reviewed(twice, ("3", "3", "3"))
    twice.perform(file, "grant")
    judged = Event.objects.get(stream=file.pk, transition="grant", kind="transition").data["judged"]
    assert {name for name in judged if name.startswith("sheet:")} == {"sheet:mini", "sheet:strict"}
    assert not list(verify_all())


def test_reviewer_is_asked_once_and_cannot_rate_under_the_reading(twice: World) -> None:
    file = twice.dossier("in_review", scheme="mini")
    reviewer = twice.person("reviewer")
    assignment = ask(twice, file, reviewer)
    page = visitor(reviewer).get(reverse("review", args=[file.pk]), follow=True)
    assert (page.status_code, "Strict" in text_of(page), "Mini" in text_of(page)) == (200, False, True)
    with pytest.raises(Refused) as refused:
        rate(assignment=assignment, ratings={("strict", "a-1"): Rated("4")}, by=reviewer)
    assert [each.code for each in refused.value.reasons] == ["unknown_rubric"]
    fill(assignment, "1", "1", "1")
    twice.perform(file, "send_review")


def test_a_finding_is_raised_once(twice: World) -> None:
    file = reviewed(twice, ("0", "3", "3"))
    assert list(Finding.objects.filter(dossier=file).values_list("rubric", "criterion")) == [("mini", "a-1")]


def test_agreement_is_told_of_what_was_asked_only(twice: World) -> None:
    file = reviewed(twice, ("3", "3", "3"), ("3", "3", "3"))
    assert list(dossier_agreement(file)) == ["mini"]


def test_what_if_knows_the_ratings_of_a_reading(twice: World) -> None:
    file = reviewed(twice, ("2", "2", "2"))
    assert past_ratings("strict", "1").ratings == past_ratings("mini", "1").ratings
    assert past_ratings("strict", "1").ratings[file.number] == {"a-1": 2, "a-2": 2, "b-1": 2}


def test_first_assessment_is_found_under_a_reading(twice: World) -> None:
    first = reviewed(twice, ("2", "2", "2"))
    other = changed(changed(BOTH, (ASKED, "score: {at_least: 0}")), ("workflow: mini", "workflow: other"))
    twice.scheme(other, RUBRIC, STRICT)
    later = open_dossier(organisation=first.organisation, scheme="other", by=twice.applicant)
    found = first_assessments([later.pk], "strict")[later.pk]
    assert (found.dossier, found.sheet.rubric.id, found.sheet.outcome) == (first.pk, "strict", "none")


def test_applicant_is_asked_once_when_the_file_is_submitted(world: World) -> None:
    answering = changed(
        TINY,
        ("title: {ar: صغير, en: Tiny}", "title: {ar: صغير, en: Tiny}\nrubrics: [mini, strict]"),
        (
            "by: [applicant], comment: none}",
            "by: [applicant], comment: none, requires: [self_assessment_complete]}",
        ),
    )
    world.scheme(answering, RUBRIC, STRICT)
    file = world.dossier("draft", scheme="tiny")
    answers = {("mini", name): Given("3", "so") for name in ("a-1", "a-2", "b-1")}
    with pytest.raises(Refused):
        save_answers(dossier=file, answers={("strict", "a-1"): Given("3", "so")}, by=world.applicant)
    save_answers(dossier=file, answers=answers, by=world.applicant)
    assert "Strict" not in text_of(visitor(world.applicant).get(reverse("answers", args=[file.pk])))
    world.perform(file, "submit")
    assert Answer.objects.filter(dossier=file).count() == 3
