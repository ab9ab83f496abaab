"""From one area of a long work to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .rubrics import Section


def beside(
    sections: Sequence[Section], current: Section, address: Callable[[Section], str], index: str
) -> dict[str, Any]:
    """The areas before and after `current`, for parts/beside.html; `index` is the page that lists all."""
    place = sections.index(current)
    found = {"previous": sections[:place][-1:], "next": sections[place + 1 :][:1]}
    links = {
        name: {"title": each.title, "url": address(each)} for name, areas in found.items() for each in areas
    }
    return {**links, "index": index}
