"""What is missing for a better outcome, for those who see the scores."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.opening import open_subjects
from accreditation_engine.portal.dossier.rubrics import sections_of
from accreditation_engine.reviews.models import Finding
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.small import ASKED, RUBRIC, WORKFLOW, reviewed
from tests.support.world import BADLY, SHIPPED, World, changed

SEEN = "deciding: {title: {ar: قرار, en: Deciding}, waits_for: panel"


def small_scheme(world: World, rubric: str = RUBRIC) -> None:
    """The panel sees scores and ratings; the coordinator does not see scores."""
    shown = f"{SEEN}, shows: {{panel: [scores, ratings], coordinator: [ratings]}}"
    world.scheme(changed(WORKFLOW, (SEEN, shown)), rubric)


def told(world: World, file: Dossier, language: str = "en") -> str:
    response = visitor(world.person("panel"), language).get(page_of(file, "next_outcome"))
    assert response.status_code == 200
    return text_of(response)


def rows(world: World, file: Dossier) -> list[list[Any]]:
    """The cells of the raises of the first rubric."""
    page = visitor(world.person("panel")).get(page_of(file, "next_outcome"))
    return [[cell["value"] for cell in row["cells"]] for row in page.context["sheets"][0]["raises"]["rows"]]


def test_page_names_the_cheapest_ratings_to_raise_and_the_reasons_against(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "2"))
    assert rows(world, file) == [["2.1 B 1", "2", "4", "2"]]
    content = told(world, file)
    assert "Overall score 75.00 %, Gold asks for at least 90 %" in content
    assert "The shortest way to Gold: raise the ratings by 2 in all" in content


def test_page_reads_in_arabic(world: World) -> None:
    small_scheme(world)
    content = told(world, reviewed(world, ("4", "4", "2")), "ar")
    assert "ما لم يتحقق من شروط تصنيف «ذهبية»" in content
    assert "أقصر طريق إلى تصنيف «ذهبية»: يلزم رفع مجموع الدرجات بمقدار 2" in content
    assert re.search(r"ب ١ 2 4 2", content)


def test_smallest_raise_stands_first_and_means_are_raised_to_the_scale(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("3", "3", "3"), ("3", "3", "4"))
    assert rows(world, file) == [["2.1 B 1", "3.50", "4", "0.50"], ["1.1 A 1", "3", "4", "1"]]


def test_what_could_not_be_verified_is_called_so(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("3", "3", "unable_to_verify"))
    assert rows(world, file)[0][:2] == ["2.1 B 1", "Unable to verify"]


def test_page_says_so_when_there_is_no_better_outcome(world: World) -> None:
    small_scheme(world)
    assert "There is no better outcome." in told(world, reviewed(world, ("4", "4", "4")))


def test_page_says_so_when_no_higher_rating_helps(world: World) -> None:
    growth = "when: {growth: {since: first_assessment, at_least: 20}}"
    small_scheme(world, changed(RUBRIC, ("when: {score: {at_least: 90}}", growth)))
    content = told(world, reviewed(world, ("3", "3", "3")))
    assert "There is no first assessment to measure growth from" in content
    assert "No higher ratings lead to a better outcome." in content


def test_page_says_so_when_nothing_applies(world: World) -> None:
    small_scheme(world)
    nothing = ("not_applicable", "not_applicable", "not_applicable")
    file = reviewed(world, nothing)
    content = told(world, file)
    assert "No criterion applies, so there is nothing to score" in content
    assert "No criterion applies, so there is no rating to raise." in content
    assert "First rate" not in content
    assert "answers are missing" not in text_of(visitor(world.person("panel")).get(page_of(file)))


def barred(world: World, *things: str) -> Dossier:
    """A file with a 0 that is a major finding, which bars a grant; the panel sees scores and `things`. One more
    point on b-1 would be gold all the same."""
    shown = f"{SEEN}, shows: {{panel: [{', '.join(('scores', *things))}]}}"
    gold = ("when: {score: {at_least: 90}}", "when: {score: {at_least: 70}}")
    asked = (ASKED, "no_open_findings: {severity: major}")
    world.scheme(changed(WORKFLOW, (SEEN, shown), asked), changed(RUBRIC, gold))
    return reviewed(world, ("0", "4", "3"))


def finding_of(file: Dossier) -> Finding:
    return Finding.objects.get(dossier=file, severity="major")


@pytest.mark.parametrize("things", [("findings",), ()])
def test_rating_that_is_a_finding_which_bars_the_decision_is_raised_too(
    world: World, things: tuple[str, ...]
) -> None:
    file = barred(world, *things)
    assert rows(world, file) == [["1.1 A 1", "0", "2", "2"]]
    content = told(world, file)
    assert (
        "The shortest way to Gold that leaves no major nonconformity: raise the ratings by 2 in all"
        in content
    )
    assert "as rated now: major nonconformity" in content


def test_open_findings_that_bar_the_decision_are_named_with_the_way_to_them(world: World) -> None:
    file = barred(world, "findings")
    page = visitor(world.person("panel")).get(page_of(file, "next_outcome"))
    words = "One open finding keeps the certificate back, whatever the outcome is, until its correction is"
    assert f"{words} accepted: A 1 major nonconformity · Open" in text_of(page)
    assert f'href="{page_of(file)}#finding-{finding_of(file).pk}"' in page.content.decode()
    assert "تحول دون منح الشهادة" in told(world, file, "ar")


def test_findings_are_not_told_of_to_those_who_may_not_see_them(world: World) -> None:
    assert "open finding" not in told(world, barred(world))


def test_finding_that_is_closed_bars_nothing_and_its_rating_stays(world: World) -> None:
    file = barred(world, "findings")
    for step in ("answer", "verify"):
        world.perform(finding_of(file), step)
    assert rows(world, file) == [["2.1 B 1", "3", "4", "1"]]
    content = told(world, file)
    assert "The shortest way to Gold: raise the ratings by 1 in all" in content
    assert "open finding" not in content


def test_finding_by_hand_bars_the_decision_though_no_rating_would_clear_it(world: World) -> None:
    file = barred(world, "findings")
    for step in ("answer", "verify"):
        world.perform(finding_of(file), step)
    raised = Finding(
        id=uuid4(),
        dossier=file,
        rubric="mini",
        criterion="b-1",
        severity="major",
        edition_id=finding_of(file).edition_id,
    )
    open_subjects([raised], SYSTEM, role=SYSTEM_ROLE)
    assert "accepted: B 1 major nonconformity" in told(world, file)
    assert rows(world, file) == [["2.1 B 1", "3", "4", "1"]]


def test_criteria_that_no_rating_would_clear_are_said_to_be_left(world: World) -> None:
    shown = f"{SEEN}, shows: {{panel: [scores]}}"
    lowest = ("title: {ar: أ ١, en: A 1}}", "title: {ar: أ ١, en: A 1}, maximum: 1}")
    all_bar = (ASKED, "no_open_findings: {}")
    world.scheme(changed(WORKFLOW, (SEEN, shown), all_bar), changed(RUBRIC, lowest))
    content = told(world, reviewed(world, ("1", "3", "3")))
    left = (
        "1 criterion is left at a rating that is by itself a finding which keeps the certificate back: A 1."
    )
    assert left in content


def test_refused_applicant_reads_a_way_that_leaves_no_major_nonconformity(world: World) -> None:
    file = world.dossier("refused", level=BADLY)
    page = visitor(world.applicant).get(page_of(file, "next_outcome"))
    sheet = page.context["sheets"][0]
    raised = {row["cells"][0]["value"].split()[0] for row in sheet["raises"]["rows"]}
    zeros = {
        each.criterion for each in Finding.objects.filter(dossier=file, severity="major", rubric=SHIPPED)
    }
    rubric = compiled(file.edition_id).rubrics[SHIPPED]
    numbers = {each.id: number for section in sections_of(rubric) for number, each in section.criteria}
    assert {numbers[each] for each in zeros} <= raised
    assert sheet["left"] == ""
    assert len(sheet["findings"]["listed"]) == len(zeros)


def test_page_does_not_exist_for_those_who_see_no_scores(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "2"))
    for person in (world.applicant, world.person("coordinator"), world.stranger, world.person("reviewer", 1)):
        assert visitor(person).get(page_of(file, "next_outcome")).status_code == 404


def test_ratings_page_leads_there_only_where_scores_are_seen(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "2"))
    for role, there in (("panel", True), ("coordinator", False)):
        page = visitor(world.person(role)).get(page_of(file, "ratings"))
        assert (page_of(file, "next_outcome") in page.content.decode()) is there


@pytest.mark.parametrize(("state", "there"), [("deciding", 404), ("refused", 200)])
def test_applicant_reads_what_was_missing_once_it_is_decided(world: World, state: str, there: int) -> None:
    file = world.dossier(state, level=BADLY)
    client = visitor(world.applicant)
    assert client.get(page_of(file, "next_outcome")).status_code == there
    overview = client.get(page_of(file))
    assert (page_of(file, "next_outcome") in overview.content.decode()) is (there == 200)
    if there == 200:
        assert "What is missing for “Certified”?" in text_of(overview)


def test_overview_leads_nowhere_when_the_outcome_is_the_best(world: World) -> None:
    small_scheme(world)
    client = visitor(world.person("panel"))
    best, good = reviewed(world, ("4", "4", "4")), reviewed(world, ("4", "4", "2"))
    links = [
        page_of(file, "next_outcome") in client.get(page_of(file)).content.decode() for file in (best, good)
    ]
    assert links == [False, True]


def test_page_costs_the_same_whatever_was_rated(world: World) -> None:
    few, many = world.dossier("certified"), world.dossier("refused")
    client = visitor(world.applicant)
    costs = {queries_for(client, page_of(each, "next_outcome")) for each in (few, many)}
    assert len(costs) == 1
    assert costs.pop() <= 8
