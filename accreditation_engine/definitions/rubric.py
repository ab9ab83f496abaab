"""A rubric: a tree of areas whose leaves are criteria, and the rules that make ratings into an outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from .base import Bilingual, EditionLabel, Frozen, Identifier, Number, Sentence, Whole
from .conditions import Condition, asks_growth
from .durations import Duration

Combine = Literal["weighted_mean", "mean_unless_zero", "minimum", "sum", "share_met", "distance"]
Word = Literal["not_applicable", "unable_to_verify"]
Severity = Literal["major", "minor", "observation"]
NUMBER_KEY = {"pattern": r"^[-+]?[0-9]+(\.[0-9]+)?$"}
Weight = Annotated[Number, Field(ge=0)]


class Scale(Frozen):
    minimum: Number
    maximum: Number
    step: Annotated[Number, Field(gt=0)]
    anchors: Annotated[dict[Number, Bilingual], Field(json_schema_extra={"propertyNames": NUMBER_KEY})] = {}
    also: tuple[Word, ...] = ()


class Rounding(Frozen):
    places: Annotated[Whole, Field(le=10)] = 2
    mode: Literal["half_up", "half_even", "down"] = "half_up"


class Criterion(Frozen):
    id: Identifier
    title: Bilingual
    guidance: Bilingual | None = None
    weight: Weight = Decimal(1)
    evidence: Literal["required", "optional", "none"] = "optional"
    maximum: Number | None = None


class Area(Frozen):
    """A node of the tree: it holds either criteria or further areas."""

    id: Identifier
    title: Bilingual
    weight: Weight = Decimal(1)
    combine: Combine = "weighted_mean"
    met_at: Number | None = None
    maximum: Number | None = None
    criteria: tuple[Criterion, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def parts(self) -> tuple[Criterion | Area, ...]:
        return self.criteria or self.areas

    def leaves(self) -> Iterator[Criterion]:
        """All criteria beneath it, at any depth, in the order of the file."""
        for area in (self, *_areas_below(self.areas)):
            yield from area.criteria


class FindingRule(Frozen):
    severity: Severity
    rating_at_most: Number
    correct_within: Duration | None = None


class Outcome(Frozen):
    outcome: Identifier
    title: Bilingual
    when: Condition | None = None
    valid_for: Duration | None = None


class Rubric(Frozen):
    rubric: Identifier
    edition: EditionLabel
    title: Bilingual
    source: Sentence
    scale: Scale
    rounding: Rounding = Rounding()
    reads: Identifier | None = None
    reconcile_above: Annotated[Number, Field(ge=0)] | None = None
    combine: Combine = "weighted_mean"
    met_at: Number | None = None
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    findings: tuple[FindingRule, ...] = ()
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    @property
    def id(self) -> str:
        return self.rubric

    @property
    def asked_as(self) -> str:
        """The id of the rubric under which people are asked its criteria: its own, or of the one it reads."""
        return self.reads or self.rubric

    @property
    def parts(self) -> tuple[Area, ...]:
        return self.areas

    def every_area(self) -> Iterator[Area]:
        """All areas, at any depth, in the order of the file, a parent before its children."""
        yield from _areas_below(self.areas)

    def every_criterion(self) -> Iterator[Criterion]:
        """All criteria, at any depth, in the order of the file."""
        for area in self.every_area():
            yield from area.criteria

    def criteria_among(self, names: Iterable[str]) -> tuple[Criterion, ...]:
        """The criteria that `names` stand for, in the order of the file: an area's are all beneath it. Without
        names, all."""
        wanted = set(names)
        if not wanted:
            return tuple(self.every_criterion())
        inside = {each.id for area in self.every_area() if area.id in wanted for each in area.leaves()}
        return tuple(each for each in self.every_criterion() if each.id in wanted or each.id in inside)

    @property
    def asks_growth(self) -> bool:
        """Whether some outcome asks for growth since a first assessment."""
        return any(each.when is not None and asks_growth(each.when) for each in self.outcomes)

    def ceiling(self, criterion: Criterion) -> Decimal:
        """The highest rating that `criterion` may get."""
        return self.scale.maximum if criterion.maximum is None else criterion.maximum


def _areas_below(areas: tuple[Area, ...]) -> Iterator[Area]:
    for area in areas:
        yield area
        yield from _areas_below(area.areas)
