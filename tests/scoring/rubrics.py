"""Rubrics as short as an example needs them, and random ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accreditation_engine.definitions.rubric import Rubric

COMBINES = ("weighted_mean", "mean_unless_zero", "minimum", "sum", "share_met", "distance")
WORDS = ("not_applicable", "unable_to_verify")


def both(text: str) -> dict[str, str]:
    return {"ar": f"ع {text}", "en": text}


def criterion(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": both(name.upper()), **more}


def area(name: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An area of criteria, or of areas when the first part holds parts itself."""
    inner = "areas" if {"criteria", "areas"} & parts[0].keys() else "criteria"
    return {"id": name, "title": both(name.capitalize()), inner: list(parts), **more}


def outcomes(**conditions: Any) -> list[dict[str, Any]]:
    """Outcomes from the best down, and one that is left."""
    named = [
        {"outcome": name, "title": both(name.capitalize()), "when": when} for name, when in conditions.items()
    ]
    return [*named, {"outcome": "none", "title": both("None")}]


def rubric(*areas: dict[str, Any], scale: tuple[Any, Any, Any] = (0, 4, 1), **more: Any) -> Rubric:
    """A rubric on `scale` (minimum, maximum, step) with both words allowed, unless `more` says otherwise."""
    minimum, maximum, step = (Decimal(str(each)) for each in scale)
    written = {
        "rubric": "example",
        "edition": "1",
        "title": both("Example"),
        "source": "made up for a test",
        "scale": {"minimum": minimum, "maximum": maximum, "step": step, "also": WORDS},
        "areas": list(areas),
        "outcomes": outcomes(),
    }
    return Rubric.model_validate(written | more)


SCALES = ((0, 4, 1), (1, 5, 1), (-2, 2, "0.5"), (0, 100, "0.01"))


@st.composite
def rubrics(draw: st.DrawFn) -> Rubric:
    """Up to three levels of areas, every way to combine, weights (some zero) and maxima of their own."""
    scale = draw(st.sampled_from(SCALES))
    tree = _Tree(draw, scale)
    areas = [tree.area(draw(st.integers(1, 3))) for _ in range(draw(st.integers(1, 3)))]
    rounding = {
        "places": draw(st.integers(0, 3)),
        "mode": draw(st.sampled_from(("half_up", "half_even", "down"))),
    }
    return rubric(*areas, scale=scale, rounding=rounding, **tree.combine())


class _Tree:
    """Draws areas. No maximum lies below `met_at`, so that every criterion can be met."""

    def __init__(self, draw: st.DrawFn, scale: tuple[Any, Any, Any]) -> None:
        self.draw = draw
        self.low, self.high, self.step = (Decimal(str(each)) for each in scale)
        self.met_at = self.draw(st.sampled_from((self.low + self.step, self.high)))
        self.count = 0

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def combine(self) -> dict[str, Any]:
        rule = self.draw(st.sampled_from(COMBINES))
        return {"combine": rule} | ({"met_at": self.met_at} if rule == "share_met" else {})

    def weight(self) -> int:
        return self.draw(st.sampled_from((1, 1, 2, 3, 7, 0)))

    def maximum(self) -> dict[str, Any]:
        more = self.draw(st.sampled_from((None, None, 0, 3)))
        return {} if more is None else {"maximum": self.high + more * self.step}

    def criterion(self) -> dict[str, Any]:
        return criterion(self.name("c"), weight=self.weight(), **self.maximum())

    def area(self, depth: int) -> dict[str, Any]:
        size = self.draw(st.integers(1, 3))
        parts = [self.criterion() if depth == 1 else self.area(depth - 1) for _ in range(size)]
        more = {"weight": self.weight(), **self.combine(), **self.maximum()}
        return area(self.name("a"), *parts, **more)


def numbers(of: Rubric, name: str) -> st.SearchStrategy[Decimal]:
    """Ratings of the criterion `name`, on the step."""
    wanted = next(each for each in of.every_criterion() if each.id == name)
    steps = int((of.ceiling(wanted) - of.scale.minimum) / of.scale.step)
    return st.integers(0, steps).map(lambda step: of.scale.minimum + step * of.scale.step)


def ratings(of: Rubric) -> st.SearchStrategy[dict[str, Any]]:
    """An answer to every criterion of `of`: a number mostly, or a word."""
    words = st.sampled_from(WORDS)
    return st.fixed_dictionaries(
        {
            each.id: st.one_of(numbers(of, each.id), numbers(of, each.id), words)
            for each in of.every_criterion()
        }
    )


@st.composite
def rated(draw: st.DrawFn) -> tuple[Rubric, dict[str, Any]]:
    """A random rubric and a full set of ratings for it."""
    of = draw(rubrics())
    return of, draw(ratings(of))
