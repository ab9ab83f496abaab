"""Whether scores under two editions of a rubric can be set against each other."""

from __future__ import annotations

from accreditation_engine.definitions.measures import scores_of
from accreditation_engine.definitions.rubric import Rubric


def alike(one: Rubric, other: Rubric) -> bool:
    """Whether the whole is measured from the same lowest to the same highest score: 3 of 4 is no growth to 30 of
    100."""
    return one is other or scores_of(one, one, "scale") == scores_of(other, other, "scale")
