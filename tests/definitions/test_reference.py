"""docs/definitions.md names every key, condition, guard and effect."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from accreditation_engine.definitions import calendars, conditions, reminders, reviewing, rubric, workflow
from accreditation_engine.engine.registry import effects, guards

PAGE = (Path(__file__).parents[2] / "docs" / "definitions.md").read_text()
NAMED = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", PAGE))))


MODELS = [
    each
    for module in (rubric, workflow, reviewing, reminders, calendars, conditions)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, BaseModel) and each.__module__ == module.__name__
    if each is not workflow.Rule
]


@pytest.mark.parametrize("model", MODELS, ids=lambda each: each.__name__)
def test_every_key_is_named(model: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert keys - NAMED == set()


@pytest.mark.parametrize("names", [guards, effects], ids=["guards", "effects"])
def test_every_guard_and_effect_is_named_with_its_parameters(names: dict[str, object]) -> None:
    for name, each in names.items():
        assert name in NAMED
        fields = each.parameters.model_fields  # type: ignore[attr-defined]
        known = {"choices", "to"}  # the only parameter is written behind the name itself
        assert {field.alias or key for key, field in fields.items()} - NAMED - known == set(), name
