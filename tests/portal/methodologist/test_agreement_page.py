"""How far reviewers agree, on a page for those whose ratings are not among them."""

from __future__ import annotations

import re

import pytest

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.reviews.agreement import scheme_agreement
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.small import reviewed, small_scheme
from tests.support.world import World

PAGE = "/schemes/mini/agreement/"


@pytest.fixture
def small(world: World) -> World:
    small_scheme(world)
    return world


def decided(world: World, *reviews: tuple[str, str, str]) -> None:
    """A file with these reviews, to which the panel has said yes."""
    world.perform(reviewed(world, *reviews), "grant")


@pytest.mark.parametrize("role", ["methodologist", "auditor", "coordinator"])
def test_figures_come_with_what_they_were_made_from_when_two_have_rated(small: World, role: str) -> None:
    decided(small, ("1", "2", "4"), ("2", "2", "3"))
    decided(small, ("3", "0", "4"), ("3", "1", "4"))
    content = text_of(visitor(small.person(role)).get(PAGE))
    whole = scheme_agreement("mini")["mini"].whole
    assert f"Krippendorff's alpha (ordinal) {whole.value:.2f}" in content
    assert "without a confidence interval" in content
    assert "Units rated by two or more 6 Reviewers 2 Ratings compared 12" in content
    assert "The figure rests on few units (6)" in content
    order = [content.index(each) for each in ("1. A ", "2. B ", "1.1 A 1", "1.2 A 2", "2.1 B 1")]
    assert order == sorted(order)


def test_only_files_that_are_decided_count_and_the_others_are_told(small: World) -> None:
    reviewed(small, ("1", "2", "4"), ("2", "2", "3"))
    client = visitor(small.person("methodologist"))
    content = text_of(client.get(PAGE))
    assert "No file has been decided yet" in content
    assert "1 file with reviews waits for its decision and is not counted." in content
    decided(small, ("1", "2", "4"), ("2", "2", "3"))
    decided(small, ("3", "0", "4"), ("3", "1", "4"))
    response = client.get(PAGE)
    content = text_of(response)
    assert "2 files that have been decided are counted." in content
    assert "1 file with reviews waits for its decision and is not counted." in content
    assert "Units rated by two or more 6 Reviewers 2 Ratings compared 12" in content
    assert sum(row["cells"][3]["value"] for row in response.context["rubrics"][0]["tables"][0]["rows"]) == 6
    assert "(2)" in str(response.context["rubrics"][0]["severities"][0]["cautions"]).translate(
        dict.fromkeys((0x2066, 0x2068, 0x2069))
    )
    arabic = text_of(visitor(small.person("methodologist"), "ar").get(PAGE))
    assert "يحسب ملفان صدر فيهما قرار." in arabic


def test_answer_comes_first_and_the_details_are_folded(small: World) -> None:
    decided(small, ("1", "2", "4"), ("2", "2", "3"))
    response = visitor(small.person("methodologist")).get(PAGE)
    content = text_of(response)
    assert "Do reviewers agree? Mini : " in content
    assert content.index("Do reviewers agree?") < content.index("Krippendorff's alpha")
    open_ = re.sub(r"<details.*?</details>", " ", response.content.decode(), flags=re.S)
    for folded in ("Harsher and milder", "By month", "By area", "By criterion", "At 1 all agree"):
        assert folded in content
        assert folded not in open_
    for seen in ("Krippendorff", "alpha is 0", "Units rated by two or more"):
        assert seen in open_.replace("&#x27;", "'")


def test_answer_is_that_there_is_none_when_agreement_is_undefined(small: World) -> None:
    decided(small, ("1", "2", "4"))
    assert "Mini : Agreement is undefined" in text_of(visitor(small.person("methodologist")).get(PAGE))


def test_interval_stands_beside_the_figure_when_there_are_enough_units(small: World) -> None:
    for first, second in (("124", "223"), ("304", "314"), ("012", "113"), ("432", "421"), ("210", "220")):
        decided(small, tuple(first), tuple(second))
    interval = scheme_agreement("mini")["mini"].whole.interval
    assert interval
    content = text_of(visitor(small.person("methodologist")).get(PAGE))
    assert f"95% confidence: {interval.low:.2f} – {interval.high:.2f}" in content


def test_undefined_figures_are_said_when_there_is_no_pair(small: World) -> None:
    decided(small, ("1", "2", "4"))
    response = visitor(small.person("methodologist")).get(PAGE)
    content = text_of(response)
    assert "Agreement is undefined, because only one person rated." in content
    assert "undefined only one person rated" in content
    assert not re.search(r"\bnan\b", content, re.I)
    assert "there is nobody to compare with" in content


def test_figures_are_undefined_when_all_ratings_are_alike(small: World) -> None:
    decided(small, ("4", "4", "4"), ("4", "4", "4"))
    response = visitor(small.person("methodologist"), "ar").get(PAGE)
    assert "الاتساق غير معرف، لأن الدرجات كلها متماثلة" in text_of(response)
    assert response.context["rubrics"][0]["stats"][0]["value"] == "غير معرف"


def test_page_says_what_to_do_when_nobody_has_rated(small: World) -> None:
    content = text_of(visitor(small.person("coordinator")).get(PAGE))
    assert "There is nothing to compare yet" in content
    assert "as soon as a file is decided of which two reviewers" in content


def test_reviewers_are_compared_with_their_peers_when_both_rated(small: World) -> None:
    decided(small, ("1", "2", "3"), ("2", "3", "4"))
    decided(small, ("3", "0", "4"), ("4", "1", "4"))
    found = visitor(small.person("methodologist")).get(PAGE).context["rubrics"][0]["severities"]
    assert [each["name"] for each in found] == [small.person("reviewer", number).name for number in (0, 1)]
    assert "0.83 points" in found[0]["words"]
    assert any("few accreditation files (2)" in each for each in found[0]["cautions"])


@pytest.mark.parametrize("role", ["applicant", "reviewer", "panel", "coach", "administrator"])
def test_page_does_not_exist_when_the_reader_does_not_watch(small: World, role: str) -> None:
    small.organisation()
    assert visitor(small.person(role)).get(PAGE).status_code == 404


def test_page_does_not_exist_when_the_watcher_also_reviews_or_applies(small: World) -> None:
    both = small.new_person("both", "coordinator", "reviewer")
    member = small.new_person("member", "auditor")
    join(organisation=small.organisation(), user=member, by=SYSTEM)
    for person in (both, member):
        client = visitor(person)
        assert client.get(PAGE).status_code == 404
        assert "Agreement between reviewers" not in text_of(client.get("/schemes/mini/"))


def test_page_is_there_when_the_watcher_reviews_for_another_scheme(small: World) -> None:
    person = small.new_person("elsewhere", "coordinator")
    grant_role(user=person, role="reviewer", scheme="institutional-commitment", by=SYSTEM)
    assert visitor(person).get(PAGE).status_code == 200


def test_page_costs_the_same_when_there_are_more_reviews(small: World) -> None:
    client = visitor(small.person("methodologist"))
    decided(small, ("1", "2", "4"), ("2", "2", "3"))
    few = queries_for(client, PAGE)
    for _file in range(3):
        decided(small, ("3", "0", "4"), ("3", "1", "4"), ("2", "1", "4"))
    assert queries_for(client, PAGE) == few <= 14
