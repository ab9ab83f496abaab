"""The numbers of a rubric that may be tried otherwise: weights of areas and criteria, thresholds of outcomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.problems import Path
from accreditation_engine.definitions.rubric import Area, Rubric
from accreditation_engine.portal.dossier.places import numbered
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.scoring.what_if import thresholds, with_threshold, with_weight
from accreditation_engine.scoring.what_if.edits import weighed
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
    of_criterion: bool = False

    @property
    def field(self) -> str:
        return f"{self.kind}-{self.name}"

    @property
    def full_title(self) -> str:
        return f"{self.group} – {self.title}" if self.group else self.title

    @property
    def label(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def text(self) -> str:
        return as_text(self.now)


def numbers_of(rubric: Rubric) -> list[Number]:
    """Weights of areas first, in the order of the rubric; then the thresholds of the best outcome, and so on down;
    then the weights of criteria, of which there are most."""
    weights = list(_weights(rubric))
    areas = [each for each in weights if not each.of_criterion]
    return [*areas, *_thresholds(rubric), *(each for each in weights if each.of_criterion)]


def _weights(rubric: Rubric) -> Iterator[Number]:
    """Of what stands in a mean: elsewhere weights do not matter. Those of criteria are grouped by their area."""
    owners: list[Rubric | Area] = [rubric, *rubric.every_area()]
    matter = {part.id for owner in owners if owner.combine in MEANS for part in owner.parts}
    paths, area = {node.id: path for path, node in weighed(rubric)}, ""
    for place, part in numbered(rubric):
        title = f"{place}. {part.title.in_language(language())}"
        of_criterion = not isinstance(part, Area)
        area = area if of_criterion else title
        if part.id in matter:
            yield Number(
                WEIGHT,
                part.id,
                area if of_criterion else "",
                title,
                "",
                part.weight,
                paths[part.id],
                False,
                _weighing(part.id),
                of_criterion,
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
