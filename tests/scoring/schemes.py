"""Published schemes, as fixtures say them."""

from __future__ import annotations

from pathlib import Path

from accreditation_engine.definitions.reading import read_file
from accreditation_engine.definitions.rubric import Rubric

FIXTURES = Path(__file__).parents[1] / "fixtures"
FILES = [
    *sorted((FIXTURES / "schemes").glob("*.yaml")),
    FIXTURES / "rubrics" / "humanitarian-commitments.yaml",
]


def scheme(name: str) -> Rubric:
    """The rubric in tests/fixtures/schemes/<name>.yaml."""
    definition = read_file(FIXTURES / "schemes" / f"{name}.yaml").definition
    assert isinstance(definition, Rubric)
    return definition


def all_rated(rubric: Rubric, rating: int) -> dict[str, int | str]:
    """The same rating for every criterion."""
    return {each.id: rating for each in rubric.every_criterion()}
