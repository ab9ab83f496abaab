"""How far reviewers of a file agree, on the page of their ratings: for whom, and in which words."""

from __future__ import annotations

import re

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.reviews.agreement import dossier_agreement
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.small import RUBRIC, WORKFLOW, ask
from tests.support.world import SHIPPED, World, changed

HEADING = "Agreement between reviewers"


def send_reviews(world: World, file: Dossier, *milder: str, reviewers: int = 2) -> None:
    """The first so many reviews are sent, alike but for `milder`: criteria that the second rates 1."""
    world.take_to(file, "in_review")
    for place, review in enumerate(Assignment.objects.filter(dossier=file).order_by("pk")[:reviewers]):
        given = {
            key: Rated("1" if place and key[1] in milder else value)
            for key, value in world.case(file).ratings.items()
        }
        rate(assignment=review, ratings=given, by=review.reviewer)
        perform(file, "send_review", review.reviewer)


def figures(page: str) -> str:
    """The part of a page's text that is about agreement."""
    return page.partition(HEADING)[2].partition("1. Integrity")[0]


@pytest.mark.parametrize("role", ["coordinator", "panel", "auditor"])
def test_figure_stands_with_its_number_and_cautions_for_those_who_see_all_ratings(
    world: World, role: str
) -> None:
    file = world.dossier("deciding")
    whole = dossier_agreement(file)[SHIPPED].whole
    page = figures(text_of(visitor(world.person(role)).get(page_of(file, "ratings"))))
    assert f"Krippendorff's alpha (ordinal) {whole.value:.2f}" in page
    assert (
        f"Units rated by two or more {whole.units} Reviewers {whole.raters} Ratings compared {whole.values}"
        in page
    )
    assert "The figures are of the ratings as they were given" in page


def test_figure_is_the_same_words_as_on_the_page_of_the_scheme(world: World) -> None:
    file = world.dossier("in_review")
    send_reviews(world, file, "integrity-1", "equality-1")
    world.take_to(file, "certified")
    own = visitor(world.person("auditor")).get(page_of(file, "ratings")).context["agreement"][0]
    scheme = visitor(world.person("auditor")).get(f"/schemes/{SHIPPED}/agreement/").context["rubrics"][0]
    for part in ("title", "stats", "undefined", "allows", "tone", "cautions"):
        assert own[part] == scheme[part], part


def test_undefined_is_said_in_words_when_one_review_was_sent(world: World) -> None:
    file = world.dossier("in_review")
    send_reviews(world, file, reviewers=1)
    client = visitor(world.person("auditor"))
    page = figures(text_of(client.get(page_of(file, "ratings"))))
    assert "Agreement is undefined, because only one person rated." in page
    assert not re.search(r"\bnan\b", page, re.I)
    arabic = text_of(visitor(world.person("auditor"), "ar").get(page_of(file, "ratings")))
    assert "الاتساق غير معرف" in arabic


def test_nothing_is_said_when_no_review_was_sent(world: World) -> None:
    file = world.dossier("in_review")
    assert HEADING not in text_of(visitor(world.person("auditor")).get(page_of(file, "ratings")))


def test_areas_are_left_out_with_a_reason_when_they_are_small(world: World) -> None:
    file = world.dossier("deciding")
    response = visitor(world.person("panel")).get(page_of(file, "ratings"))
    assert response.context["agreement"][0]["areas"] is None
    assert "No area has 10 units" in text_of(response)


def test_areas_have_figures_of_their_own_when_they_are_large_enough(world: World) -> None:
    many = "".join(f"      - {{id: a-{n}, title: {{ar: أ, en: A}}}}\n" for n in range(3, 11))
    second = "      - {id: a-2, title: {ar: أ ٢, en: A 2}}\n"
    panel = "waits_for: panel}"
    shown = "waits_for: panel, shows: {auditor: [ratings]}}"
    world.scheme(changed(WORKFLOW, (panel, shown)), changed(RUBRIC, (second, second + many)))
    file = world.dossier("in_review", scheme="mini")
    for number in range(2):
        reviewer = world.person("reviewer", number)
        given = {("mini", f"a-{n}"): Rated(str((n + (number and n == 3)) % 5)) for n in range(1, 11)}
        rate(
            assignment=ask(world, file, reviewer), ratings={**given, ("mini", "b-1"): Rated("2")}, by=reviewer
        )
        perform(file, "send_review", reviewer)
    world.perform(file, "close")
    page = text_of(visitor(world.person("auditor")).get(page_of(file, "ratings")))
    area = dossier_agreement(file)["mini"].areas["a"]
    assert area.interval is not None
    assert f"1. A {area.value:.2f}" in page
    assert f"{area.interval.low:.2f} – {area.interval.high:.2f}" in page
    assert "2. B too few units 1 2 2" in page


@pytest.mark.parametrize("sent", [0, 1])
def test_reviewer_who_audits_as_well_is_shown_no_ratings_of_a_colleague(world: World, sent: int) -> None:
    file = world.dossier("in_review")
    send_reviews(world, file, reviewers=1)
    review = Assignment.objects.filter(dossier=file).order_by("pk")[1 - sent]
    auditing = visitor(review.reviewer)
    grant_role(user=review.reviewer, role="auditor", by=SYSTEM)
    assert auditing.get(page_of(file, "ratings")).status_code == 404


def test_applicant_who_audits_is_shown_no_figure(world: World) -> None:
    file = world.dossier("deciding")
    both = world.new_person("both", "auditor")
    join(organisation=file.organisation, user=both, by=SYSTEM)
    assert visitor(both).get(page_of(file, "ratings")).status_code == 404


@pytest.mark.parametrize("role", ["applicant", "reviewer"])
def test_page_does_not_exist_for_those_who_do_not_see_all_ratings(world: World, role: str) -> None:
    file = world.dossier("deciding")
    assert visitor(world.person(role)).get(page_of(file, "ratings")).status_code == 404


def test_page_costs_the_same_however_many_reviews(world: World) -> None:
    few, many = world.dossier("in_review"), world.dossier("in_review")
    send_reviews(world, few, reviewers=1)
    send_reviews(world, many, "integrity-1")
    client = visitor(world.person("auditor"))
    costs = [queries_for(client, page_of(each, "ratings")) for each in (few, many)]
    assert costs == [10, 11], "what is proposed is looked for once all reviews are sent"
