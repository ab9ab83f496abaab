from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from accreditation_engine.definitions.checking import files_in
from accreditation_engine.definitions.reading import KINDS, attempt_text
from accreditation_engine.definitions.schema import schema_of
from accreditation_engine.definitions.yaml_tree import read_tree

from .examples import RUBRIC, WORKFLOW, changed
from .json_schema import fits
from .strategies import rubrics, workflows

SCHEMAS = {kind: schema_of(kind) for kind in KINDS}
SHIPPED = [path for folder in ("rubrics", "workflows") for path in files_in(Path(folder))]
ODD = st.sampled_from(
    [None, True, 0, -1, "", " ", "a b", "x", "P3D", "P", [], {}, [1], {"x": 1}, {"all": []}, "percent", "2"]
)


def kind_of(data: dict[str, Any]) -> str:
    return "rubric" if "rubric" in data else "workflow"


@pytest.mark.parametrize("text", [RUBRIC, WORKFLOW, *(path.read_text(encoding="utf-8") for path in SHIPPED)])
def test_sound_files_fit(text: str) -> None:
    data = read_tree(text, file="x")[0].plain()
    assert fits(data, SCHEMAS[kind_of(data)])


@given(rubrics | workflows)
def test_whatever_the_models_take_fits(data: dict[str, Any]) -> None:
    assert fits(data, SCHEMAS[kind_of(data)])


@given(rubrics | workflows, st.data())
@settings(deadline=None, max_examples=200)
def test_a_change_that_the_models_take_fits_as_well(data: dict[str, Any], draw: st.DataObject) -> None:
    """And one that they refuse does not, save for the few rules that a schema does not say."""
    kind = kind_of(data)
    place: Any = data
    while True:
        key = draw.draw(
            st.sampled_from(sorted(place, key=str))
            if isinstance(place, dict)
            else st.integers(0, len(place) - 1)
        )
        if not place[key] or not isinstance(place[key], dict | list) or draw.draw(st.booleans()):
            break
        place = place[key]
    place[key] = draw.draw(ODD)
    if isinstance(place, dict) and draw.draw(st.booleans()):
        place[draw.draw(st.sampled_from(["x", "id", "not", "on"]))] = draw.draw(ODD)
    try:
        KINDS[kind].model_validate(data, by_name=False)
    except ValidationError as error:
        unsaid = {
            "string_too_short",
            "value_error",
            "greater_than_equal",
            "greater_than",
            "exactly_one",
            "deadline",
        }
        if not {each["type"] for each in error.errors()} & unsaid:
            assert not fits(data, SCHEMAS[kind])
    else:
        assert fits(data, SCHEMAS[kind])


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (RUBRIC, "weight: 10", "wieght: 10"),
        (RUBRIC, "weight: 10", "weight: -1"),
        (RUBRIC, "step: 1", "step: 0"),
        (RUBRIC, ", en: Openness", ""),
        (RUBRIC, "{at_least: 85}", "{at_least: 85, below: 90}"),
        (RUBRIC, "score: {at_least: 85}", "scores: {at_least: 85}"),
        (RUBRIC, "{0: {ar: غائب", "{none: {ar: غائب"),
        (RUBRIC, "valid_for: P3Y", "valid_for: 3 years"),
        (WORKFLOW, "from: [in_review]", "from_: [in_review]"),
        (WORKFLOW, "from: [in_review]", "from: in_review"),
        (WORKFLOW, "{on: due, then: lapse}", "{on: due, after: P1D, then: lapse}"),
        (WORKFLOW, "requires: [complete]", "requires: [{complete: {}, other: {}}]"),
        (WORKFLOW, "  deciding:\n", "  Deciding State:\n"),
    ],
)
def test_a_mistake_of_shape_does_not_fit(text: str, old: str, new: str) -> None:
    wrong = changed(text, old, new)
    data = read_tree(wrong, file="x")[0].plain()
    assert attempt_text(wrong, file="x").problems
    assert not fits(data, SCHEMAS[kind_of(data)])
