"""The numbers of a rubric that may be tried otherwise: weights of areas, thresholds of outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.problems import Path
from accreditation_engine.definitions.rubric import Area, Rubric
from accreditation_engine.portal.dossier.places import areas_of
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.scoring.what_if import thresholds, with_threshold, with_weight
from accreditation_engine.scoring.what_if.edits import path_to
from accreditation_engine.scoring.what_if.weight_margins import MEANS

from .asked import threshold_title, unit_of

WEIGHT, THRESHOLD = "weight", "threshold"


@dataclass(frozen=True)
class Number:
    """One of them: what it is called beneath its group's heading, where it stands, and how to make it another.
    `whole` are numbers of criteria."""

    kind: str
    name: str
    group: str
    title: str
    unit: str
    now: Decimal
    path: Path
    whole: bool
    put: Callable[[Rubric, Decimal], Rubric]

    @property
    def field(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def full_title(self) -> str:
        return f"{self.group}: {self.title}" if self.group else self.title

    @property
    def label(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def text(self) -> str:
        return as_text(self.now)


def numbers_of(rubric: Rubric) -> list[Number]:
    """Weights first, in the order of the rubric; then the thresholds of the best outcome, and so on down."""
    return [*_weights(rubric), *_thresholds(rubric)]


def _weights(rubric: Rubric) -> Iterator[Number]:
    """Of areas that stand in a mean: elsewhere weights do not matter."""
    owners: list[Rubric | Area] = [rubric, *rubric.every_area()]
    matter = {part.id for owner in owners if owner.combine in MEANS for part in owner.parts}
    for place, area in areas_of(rubric):
        if area.id not in matter:
            continue
        title = f"{place}. {area.title.in_language(language())}"
        yield Number(
            WEIGHT, area.id, "", title, "", area.weight, path_to(rubric, area.id), False, _weighing(area.id)
        )


def _weighing(name: str) -> Callable[[Rubric, Decimal], Rubric]:
    return lambda rubric, number: with_weight(rubric, name, number)


def _thresholds(rubric: Rubric) -> Iterator[Number]:
    titles = {each.outcome: each.title.in_language(language()) for each in rubric.outcomes}
    for name, each in thresholds(rubric).items():
        title, unit = threshold_title(each.kind, each.test, rubric), unit_of(each.kind, each.test)
        yield Number(
            THRESHOLD,
            name,
            titles[each.outcome],
            title,
            unit,
            each.number,
            (*each.path, each.bound),
            each.kind == "count",
            _asking(each),
        )


def _asking(threshold: Any) -> Callable[[Rubric, Decimal], Rubric]:
    return lambda rubric, number: with_threshold(rubric, threshold, number)
