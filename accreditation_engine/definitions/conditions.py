"""Conditions on a score sheet: used in a rubric's `when` and in a workflow's `requires`.

A condition is a mapping with one key, which says of which kind it is:

    all: [...]      any: [...]      not: {...}
    score: {at_least|below, on}     area: {id, at_least, on}     every_area: {at_least, on}
    criterion: {id, at_least}       every_criterion: {at_least, among}
    count: {rating_at_most|rating_at_least, answered, among, no_more_than|at_least}
    growth: {since: first_assessment, at_least}

`among` narrows a condition to some criteria: ids of criteria, or of areas for all that is beneath them. `answered`
says which answers are counted: `number` leaves out what could not be verified, a word counts that word itself.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from .base import Frozen, Identifier, Number, Whole, exactly_one

Unit = Literal["percent", "scale"]
Answered = Literal["number", "not_applicable", "unable_to_verify"]


def _exactly_one(owner: Frozen, *names: str) -> None:
    given = [name for name in names if getattr(owner, name) is not None]
    if len(given) != 1:
        raise PydanticCustomError("exactly_one", "give exactly one of {names}", {"names": ", ".join(names)})


class ScoreTest(Frozen):
    model_config = ConfigDict(json_schema_extra=exactly_one("at_least", "below"))

    at_least: Number | None = None
    below: Number | None = None
    on: Unit = "percent"

    @model_validator(mode="after")
    def _one_bound(self) -> ScoreTest:
        _exactly_one(self, "at_least", "below")
        return self


class AreaTest(Frozen):
    id: Identifier
    at_least: Number
    on: Unit = "percent"


class EveryAreaTest(Frozen):
    at_least: Number
    on: Unit = "percent"


class CriterionTest(Frozen):
    id: Identifier
    at_least: Number


class EveryCriterionTest(Frozen):
    at_least: Number
    among: tuple[Identifier, ...] = ()


class CountTest(Frozen):
    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {
                    "oneOf": [
                        *exactly_one("rating_at_most", "rating_at_least")["oneOf"],
                        {"required": ["answered"], "properties": {"answered": {"not": {"const": "number"}}}},
                    ]
                },
                exactly_one("no_more_than", "at_least"),
            ]
        }
    )

    rating_at_most: Number | None = None
    rating_at_least: Number | None = None
    answered: Answered | None = None
    among: tuple[Identifier, ...] = ()
    no_more_than: Whole | None = None
    at_least: Whole | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> CountTest:
        if self.word is None:
            _exactly_one(self, "rating_at_most", "rating_at_least")
        elif self.rating_at_most is not None or self.rating_at_least is not None:
            raise PydanticCustomError("rule", "a word has no rating; write 'answered: number', or no rating")
        _exactly_one(self, "no_more_than", "at_least")
        return self

    @property
    def word(self) -> str | None:
        """The word that is counted, None where ratings are."""
        return None if self.answered == "number" else self.answered


class GrowthTest(Frozen):
    """Growth of the whole since the dossier's first assessment, in percent of that first score."""

    since: Literal["first_assessment"]
    at_least: Number


class AllOf(Frozen):
    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(Frozen):
    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(Frozen):
    not_: Annotated[Condition, Field(alias="not")]


class Score(Frozen):
    score: ScoreTest


class AreaScore(Frozen):
    area: AreaTest


class EveryArea(Frozen):
    every_area: EveryAreaTest


class CriterionRating(Frozen):
    criterion: CriterionTest


class EveryCriterion(Frozen):
    every_criterion: EveryCriterionTest


class Count(Frozen):
    count: CountTest


class Growth(Frozen):
    growth: GrowthTest


KINDS: dict[str, type[Frozen]] = {
    "all": AllOf,
    "any": AnyOf,
    "not": Not,
    "score": Score,
    "area": AreaScore,
    "every_area": EveryArea,
    "criterion": CriterionRating,
    "every_criterion": EveryCriterion,
    "count": Count,
    "growth": Growth,
}


def kind_of(value: Any) -> str | None:
    """The one key of a condition, written or read; None when `value` is not a mapping with one known key."""
    if isinstance(value, Frozen):
        return next((kind for kind, model in KINDS.items() if isinstance(value, model)), None)
    if isinstance(value, dict) and len(value) == 1:
        key = next(iter(value))
        return key if key in KINDS else None
    return None


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Score, Tag("score")]
    | Annotated[AreaScore, Tag("area")]
    | Annotated[EveryArea, Tag("every_area")]
    | Annotated[CriterionRating, Tag("criterion")]
    | Annotated[EveryCriterion, Tag("every_criterion")]
    | Annotated[Count, Tag("count")]
    | Annotated[Growth, Tag("growth")],
    Discriminator(
        kind_of,
        custom_error_type="condition",
        custom_error_message=f"a condition has one key, one of: {', '.join(KINDS)}",
    ),
]


def asks_growth(condition: Condition) -> bool:
    """Whether it can be judged only with a first assessment at hand."""
    kind = kind_of(condition)
    if kind == "not":
        return asks_growth(condition.not_)  # type: ignore[union-attr]
    if kind in ("all", "any"):
        return any(asks_growth(each) for each in getattr(condition, kind))
    return kind == "growth"


def read_condition(kind: str, inside: Any) -> Condition:
    """The condition `{kind: inside}`, as it stands in a workflow's `requires`.

    Raises KeyError when there is no such kind, pydantic's ValidationError when what is inside does not fit.
    """
    return KINDS[kind].model_validate({kind: inside}, by_name=False)  # type: ignore[return-value]


for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
