"""Where areas and criteria stand in a rubric: 1, 1.2, 1.2.3."""

from __future__ import annotations

from collections.abc import Iterator

from accreditation_engine.definitions.rubric import Area, Criterion, Rubric


def numbered(rubric: Rubric) -> Iterator[tuple[str, Area | Criterion]]:
    """Every area and criterion with its number, in the order of the rubric."""
    yield from _beneath(rubric.areas, "")


def areas_of(rubric: Rubric) -> Iterator[tuple[str, Area]]:
    """The areas only."""
    return ((number, each) for number, each in numbered(rubric) if isinstance(each, Area))


def _beneath(parts: tuple[Area | Criterion, ...], above: str) -> Iterator[tuple[str, Area | Criterion]]:
    for place, each in enumerate(parts, start=1):
        number = f"{above}{place}"
        yield number, each
        if isinstance(each, Area):
            yield from _beneath(each.parts, f"{number}.")
