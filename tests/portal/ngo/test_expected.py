"""The score to expect from own ratings, and what is missing before a file can be submitted."""

from __future__ import annotations

from accreditation_engine.dossiers.domain import Given, save_answers
from accreditation_engine.dossiers.models import Dossier
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.small import RUBRIC
from tests.support.world import TINY, World, changed

ASSESSING = changed(
    TINY,
    ("subject: dossier", "rubrics: [mini]\nsubject: dossier"),
    (
        "by: [applicant], comment: none}",
        "by: [applicant], comment: none, requires: [self_assessment_complete]}",
    ),
)


def rated(world: World, *ratings: str) -> Dossier:
    """A file of a small scheme, in which the organisation gave itself these ratings."""
    world.scheme(ASSESSING, RUBRIC)
    dossier = world.dossier("draft", scheme="tiny")
    answers = {
        ("mini", name): Given(rating) for name, rating in zip(("a-1", "a-2", "b-1"), ratings, strict=False)
    }
    save_answers(dossier=dossier, answers=answers, by=world.applicant)
    return dossier


def read(world: World, dossier: Dossier, name: str = "expected_outcome", language: str = "en") -> str:
    response = visitor(world.applicant, language).get(page_of(dossier, name))
    assert response.status_code == 200
    return text_of(response)


def test_score_and_the_way_to_the_next_outcome_come_of_own_ratings(world: World) -> None:
    content = read(world, rated(world, "4", "4", "2"))
    assert "75.00% Plain" in content
    assert "Overall score 75.00 %, Gold asks for at least 90 %" in content
    assert "The shortest way to Gold: raise the ratings by 2 in all" in content
    assert "Your own rating To be raised to Points more 2.1 B 1 2 4 2" in content


def test_page_promises_no_outcome_while_answers_are_missing(world: World) -> None:
    content = read(world, rated(world, "4", "2"), language="ar")
    assert "معيار واحد بلا إجابة بعد. وإلى أن يجاب عنه تشمل النتيجة ما أجيب عنه وحده" in content
    assert "المعايير المجاب عنها: 2 من 3 النتيجة حتى الآن: " in content
    assert "عادية" not in content


def test_page_says_so_when_nothing_is_rated(world: World) -> None:
    assert "Nothing is rated yet." in read(world, rated(world))


def test_chart_with_a_table_beside_it_is_drawn_when_there_are_areas_enough(world: World) -> None:
    dossier = world.dossier("returned")
    low = {("institutional-commitment", "integrity-1"): Given("0")}
    save_answers(dossier=dossier, answers=low, by=world.applicant)
    page = visitor(world.applicant).get(page_of(dossier, "expected_outcome")).content.decode()
    assert page.count("<svg") > page.count("<svg class")
    assert page.count("stroke-asked") == page.count("The dashed line: what") > 0
    assert "-other" not in page
    assert "Score of each area" in page


def test_page_is_for_the_organisation_alone(world: World) -> None:
    dossier = world.dossier("certified")
    for role in ("coordinator", "reviewer", "panel", "auditor"):
        response = visitor(world.person(role)).get(page_of(dossier, "expected_outcome"))
        assert response.status_code == 404
    assert read(world, dossier)


def test_page_costs_few_queries(world: World) -> None:
    dossier = world.dossier("returned")
    assert queries_for(visitor(world.applicant), page_of(dossier, "expected_outcome")) <= 10


def test_all_that_is_missing_is_listed_with_the_way_to_it(world: World) -> None:
    dossier = rated(world, "4", "not_applicable")
    page = visitor(world.applicant).get(page_of(dossier, "self_assessment"))
    content = page.content.decode()
    assert f'href="{page_of(dossier, "self_assessment_area", "mini", "a")}#a-2"' in content
    assert "1.2 A 2 (say why it does not apply)" in text_of(page)
    assert "2.1 B 1 (no answer yet)" in text_of(page)
    assert "A 1 (" not in text_of(page)


def test_preview_is_offered_when_nothing_is_missing(world: World) -> None:
    content = read(world, world.dossier("returned"), "self_assessment")
    assert "Every criterion is complete" in content
