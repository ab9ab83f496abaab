"""Framework libraries of every kind that CISO Assistant has, each with invented texts."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from accreditation_engine.definitions.importing import import_file
from accreditation_engine.definitions.problems import DefinitionError
from accreditation_engine.definitions.reading import read_text
from accreditation_engine.definitions.rubric import Criterion, Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric

COUNTED = re.compile(r"(?P<what>.*): (?P<count>\d+)( \(lines: .*\))?")
SUMS = "areas without a weight of their own (the sum of what is in them is written)"
LIBRARIES = Path(__file__).parent / "libraries"


def imported(name: str) -> tuple[Rubric, dict[str, int]]:
    """The rubric of a library, which passes all checks, and what was lost, counted."""
    rubric, written = import_file(LIBRARIES / f"{name}.yaml", file=name)
    assert read_text(written.text, file="again").definition == rubric
    assert not list(check_rubric(rubric))
    counted = (COUNTED.fullmatch(each) for each in written.notes[:-1])
    return rubric, {each["what"]: int(each["count"]) for each in counted if each}


def criteria(rubric: Rubric) -> dict[str, Criterion]:
    return {each.id: each for each in rubric.every_criterion()}


def test_a_flat_library_becomes_one_area_when_nothing_stands_above_its_requirements() -> None:
    rubric, lost = imported("flat")
    assert [each.title.en for each in rubric.areas] == ["Good house matrix"]
    found = criteria(rubric)
    assert list(found) == ["c-2-1", "c-2-1-1", "c-2-10"]
    assert [each.title.en for each in found.values()] == [
        "Keys are counted",
        "Visitors are met",
        "The roof is tight",
    ]
    assert found["c-2-1-1"].guidance is not None
    assert found["c-2-1-1"].guidance.en == "Does somebody meet visitors? At every door?"
    assert lost["implementation groups of requirements"] == 3
    assert lost["implementation groups (which requirements each organisation has to meet)"] == 2
    assert lost["description of the framework"] == 1


def test_a_requirement_has_the_title_of_its_question_when_it_has_no_other_text() -> None:
    rubric, lost = imported("questionnaire")
    first, second = rubric.every_criterion()
    assert (first.title.en, second.title.en) == ("Un registre est-il tenu ?", "Est-il relu ?")
    assert first.guidance is not None
    assert first.guidance.en.startswith("## Le registre")
    assert second.guidance is not None
    assert second.guidance.en == "Par qui ?"
    assert lost["reference controls of the library"] == 2
    assert lost["reference controls of requirements"] == 1
    assert lost["questions of requirements, with their answers (what they ask is in the guidance)"] == 2


def test_a_long_description_is_guidance_and_its_first_sentence_the_title() -> None:
    rubric, _lost = imported("translated")
    (door,) = rubric.every_criterion()
    assert door.title.en == "The doors open and close."
    assert door.guidance is not None
    assert door.guidance.en.startswith("The doors open and close. There is somebody who closes")
    assert door.guidance.en.endswith("; At least: a. the front door;")
    assert [each.title.en for each in rubric.every_area()] == ["Care (Art. 21)", "Doors"]
    assert rubric.title.en == "Good house (v1.2)"


def test_texts_of_areas_that_a_rubric_has_no_place_for_are_counted() -> None:
    rubric, lost = imported("described")
    assert [each.id for each in rubric.every_area()] == ["area-1", "area-1-1"]
    assert [each.title.en for each in rubric.every_criterion()] == [
        "Rules are written down.",
        "Rules are read aloud.",
    ]
    assert lost["texts of areas beside their titles"] == 1
    assert (rubric.scale.minimum, rubric.scale.maximum) == (0, 100)


def test_levels_become_the_scale_with_their_names_in_both_languages() -> None:
    rubric, lost = imported("scored")
    assert (rubric.scale.minimum, rubric.scale.maximum) == (1, 4)
    assert rubric.scale.anchors[Decimal(1)].en == "Partial: Done by chance. Nobody knows by whom."
    assert rubric.scale.anchors[Decimal(1)].ar == "جزئي: يحدث بالمصادفة"
    assert sorted(rubric.scale.anchors) == [1, 2, 3, 4]
    assert lost == {"threats of requirements": 1, "'description_doc' of scores": 1, SUMS: 2}


def test_what_the_editor_writes_is_read_and_what_it_adds_is_counted() -> None:
    rubric, lost = imported("edited")
    (floor,) = rubric.every_criterion()
    assert (floor.title.ar, floor.title.en, floor.weight) == ("الأرض نظيفة", "The floor is clean", 3)
    assert (rubric.title.ar, rubric.title.en) == ("بيت منظم", "A tidy house")
    assert rubric.scale.anchors[Decimal(3)].ar == "نعم"
    assert lost == {
        "'icon' of requirements": 1,
        "importance of requirements": 1,
        "rules of how scores are put together": 1,
        "rules of outcomes": 1,
        "rules of what is shown": 1,
        "rules when a requirement is asked for": 1,
        "texts without anything to assess": 1,
        SUMS: 1,
    }


def test_a_library_without_a_framework_is_refused_with_what_it_holds() -> None:
    with pytest.raises(DefinitionError, match=r"holds no framework; .*; it holds risk_matrix"):
        import_file(LIBRARIES / "matrix.yaml", file="matrix.yaml")
