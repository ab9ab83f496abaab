"""The rubrics that come with the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.scoring import score_sheet

FOLDER = Path(__file__).parents[2] / "rubrics"
TEN_AREAS = [
    "النزاهة",
    "الشفافية",
    "المساءلة",
    "الالتزام بالاتفاقيات المحلية والاستراتيجيات الوطنية",
    "التركيز على الأولويات التنموية والحكم الرشيد",
    "الحق في الوصول إلى المعلومات",
    "المساواة",
    "التأثير والفاعلية",
    "تعزيز الشراكة",
    "المشاركة",
]


def rubric(name: str) -> Rubric:
    definition = read_file(FOLDER / f"{name}.yaml").definition
    assert isinstance(definition, Rubric)
    return definition


@pytest.mark.parametrize("name", ["institutional-commitment", "code-of-conduct"])
def test_a_shipped_rubric_is_whole(name: str) -> None:
    of = rubric(name)
    assert list(check_rubric(of)) == []
    assert "nvented example" in of.source
    assert "INVENTED EXAMPLE" in (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").split("rubric:")[0]
    anchored = set(of.scale.anchors)
    assert anchored == set(range(int(of.scale.minimum), int(of.scale.maximum) + 1))


@pytest.mark.parametrize("name", ["institutional-commitment", "code-of-conduct"])
def test_arabic_is_arabic_and_english_is_english(name: str) -> None:
    for each in rubric(name).every_criterion():
        assert each.guidance is not None
        for text in (each.title, each.guidance):
            assert not re.search(r"[A-Za-z]", text.ar)
            assert not re.search(r"[\u0600-\u06ff]", text.en)


def test_the_ten_areas_stand_in_their_order() -> None:
    areas = list(rubric("institutional-commitment").every_area())
    assert [area.title.ar for area in areas] == TEN_AREAS
    assert all(2 <= len(area.criteria) <= 4 for area in areas)
    assert sum(area.weight for area in areas) == 100
    for area in areas:
        assert [each.id for each in area.criteria] == [
            f"{area.id}-{n + 1}" for n in range(len(area.criteria))
        ]


def test_about_a_third_of_the_criteria_ask_for_evidence() -> None:
    criteria = list(rubric("institutional-commitment").every_criterion())
    assert len(criteria) / 4 < sum(each.evidence == "required" for each in criteria) < len(criteria) / 2


@pytest.mark.parametrize(("rating", "outcome"), [(4, "gold"), (3, "certified"), (2, "not_certified")])
def test_level_ratings_give_each_outcome(rating: int, outcome: str) -> None:
    of = rubric("institutional-commitment")
    assert score_sheet(of, {each.id: rating for each in of.every_criterion()}).outcome == outcome


def test_one_absent_criterion_is_a_major_finding_and_no_gold() -> None:
    """The finding bars the certificate until it is corrected; the rating stays what it was."""
    of = rubric("institutional-commitment")
    sheet = score_sheet(of, {each.id: 4 for each in of.every_criterion()} | {"partnership-2": 0})
    assert sheet.outcome == "certified"
    assert [(each.criterion, each.severity) for each in sheet.findings] == [("partnership-2", "major")]


def test_one_breach_of_the_code_is_a_major_finding_and_bars() -> None:
    of = rubric("code-of-conduct")
    ratings = {each.id: 2 for each in of.every_criterion()} | {"honesty-2": 1}
    upheld, breached = score_sheet(of, ratings), score_sheet(of, ratings | {"duty-1": 0})
    assert (upheld.outcome, [each.severity for each in upheld.findings]) == ("upheld", ["minor"])
    assert (breached.outcome, [each.severity for each in breached.findings]) == (
        "breached",
        ["minor", "major"],
    )
