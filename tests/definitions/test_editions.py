from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.definitions.editions import (
    Pinned,
    canonical,
    canonical_workflow,
    content_hash,
    from_canonical,
)
from accreditation_engine.definitions.reading import read_text
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.workflow import Workflow

from .examples import RUBRIC, WORKFLOW, changed
from .strategies import rubrics, workflows


def rubric(text: str = RUBRIC) -> Rubric:
    definition = read_text(text, file="r.yaml").definition
    assert isinstance(definition, Rubric)
    return definition


def workflow(text: str = WORKFLOW) -> Workflow:
    definition = read_text(text, file="w.yaml").definition
    assert isinstance(definition, Workflow)
    return definition


@given(rubrics)
def test_a_rubric_comes_back_from_its_canonical_form(data: dict[str, Any]) -> None:
    given_rubric = Rubric.model_validate(data)
    again = from_canonical(canonical(given_rubric))
    assert again == given_rubric
    assert canonical(again) == canonical(given_rubric)


@given(workflows)
def test_a_workflow_comes_back_from_its_canonical_form(data: dict[str, Any]) -> None:
    given_workflow = Workflow.model_validate(data)
    again = from_canonical(canonical(given_workflow))
    assert again == given_workflow
    assert canonical(again) == canonical(given_workflow)


@given(rubrics | workflows, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_change_the_hash(data: dict[str, Any], random: Any) -> None:
    model = Rubric if "rubric" in data else Workflow

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            items = [(key, shuffled(each)) for key, each in value.items()]
            random.shuffle(items)
            return dict(items)
        return [shuffled(each) for each in value] if isinstance(value, list) else value

    assert content_hash(model.model_validate(data)) == content_hash(model.model_validate(shuffled(data)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 10", "weight: 10.0 # a comment"),
        ("weight: 10", "weight: 1.0e1"),
        ("maximum: 4", "maximum: 4.00"),
        ("{0: {ar: غائب", "{0.0: {ar: غائب"),
        ("source: Invented for tests", "rounding: {mode: half_up, places: 2}\nsource: Invented for tests"),
        ("source: Invented for tests", "combine: weighted_mean\nsource:   'Invented for tests'"),
        ("evidence: required", "evidence: required\n        weight: 1"),
        ("score: {at_least: 85}", "score: {on: percent, at_least: 85}"),
    ],
)
def test_what_means_the_same_has_the_same_hash(old: str, new: str) -> None:
    assert content_hash(rubric(changed(RUBRIC, old, new))) == content_hash(rubric())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 10", "weight: 11"),
        ("en: Integrity", "en: Honesty"),
        ("score: {at_least: 85}", "score: {at_least: 85, on: scale}"),
        ("        evidence: required\n", ""),
    ],
)
def test_what_means_something_else_has_another_hash(old: str, new: str) -> None:
    assert content_hash(rubric(changed(RUBRIC, old, new))) != content_hash(rubric())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quorum: 3", "quorum: 3.0"),
        ("requires: [complete]", "requires: [{complete: {}}]\n    comment: optional"),
    ],
)
def test_parameters_that_mean_the_same_have_the_same_hash(old: str, new: str) -> None:
    assert content_hash(workflow(changed(WORKFLOW, old, new))) == content_hash(workflow())


def test_the_hash_stays_what_it_was() -> None:
    """Stored editions are known by it: a change here strands every dossier."""
    assert content_hash(rubric()) == "5b1e3efca928bfc45d0c866ee178c7e6eb86bdd62ad3f455a320571f266893b0"
    pinned = canonical_workflow(workflow(), {"commitment": rubric()})
    assert content_hash(pinned) == "1e86077fc0abb2c8b0e0d7f8dc9e542dd584bf1440fca4eb2fb429298d05fcfc"


def test_a_workflow_pins_its_rubrics() -> None:
    edition = canonical_workflow(workflow(), {"commitment": rubric(), "other": rubric()})
    assert json.loads(edition)["pins"] == {"commitment": content_hash(rubric())}
    assert from_canonical(edition) == Pinned(workflow(), {"commitment": content_hash(rubric())})


def test_a_change_of_a_rubric_makes_a_new_edition_of_its_workflow() -> None:
    heavier = rubric(changed(RUBRIC, "weight: 10", "weight: 11"))
    before = canonical_workflow(workflow(), {"commitment": rubric()})
    assert content_hash(before) != content_hash(canonical_workflow(workflow(), {"commitment": heavier}))


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"rubric":1}', b'{"workflow":{},"pins":{}}', b'{"a":1}']
)
def test_bytes_that_hold_no_edition_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_canonical(data)
