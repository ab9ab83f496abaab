"""Rubrics in the order in which people go through them, and ratings in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.base import as_text
from accreditation_engine.definitions.rubric import Area, Criterion, Rubric
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated

from .reader import language

Key = tuple[str, str]
"""Rubric id and criterion id."""


@dataclass(frozen=True)
class Section:
    """An area that holds criteria: what is answered or rated in one go."""

    rubric: Rubric
    area: Area
    number: str

    @property
    def title(self) -> str:
        return self.area.title.in_language(language())

    @property
    def criteria(self) -> list[tuple[str, Criterion]]:
        """Each with its number."""
        return [(f"{self.number}.{place}", each) for place, each in enumerate(self.area.criteria, start=1)]

    @property
    def keys(self) -> list[Key]:
        return [(self.rubric.id, each.id) for each in self.area.criteria]

    def field(self, kind: str, criterion: Criterion) -> str:
        """The name of a form's field about a criterion of this area."""
        return f"{kind}-{criterion.id}"


def sections_of(rubric: Rubric) -> list[Section]:
    return list(_sections(rubric, rubric.areas, ""))


def _sections(rubric: Rubric, areas: tuple[Area, ...], above: str) -> Iterator[Section]:
    for place, area in enumerate(areas, start=1):
        number = f"{above}{place}"
        if area.criteria:
            yield Section(rubric, area, number)
        yield from _sections(rubric, area.areas, f"{number}.")


def all_sections(scheme: Compiled) -> list[Section]:
    """Those of every rubric that people are asked, in the order of the workflow."""
    return [section for rubric in scheme.asked.values() for section in sections_of(rubric)]


def criterion_titles(scheme: Compiled) -> Mapping[Key, str]:
    return _titles(scheme.edition, language())


def criterion_called(scheme: Compiled, rubric: str, criterion: str) -> str:
    """The title of a criterion away from its rubric: with that of the rubric where another one, or the same, calls
    two criteria alike."""
    titles = criterion_titles(scheme)
    title = titles.get((rubric, criterion), criterion)
    if rubric not in scheme.rubrics or list(titles.values()).count(title) < 2:
        return title
    return _("%(criterion)s (%(rubric)s)") % isolated(
        {"criterion": title, "rubric": scheme.rubrics[rubric].title.in_language(language())}
    )


@lru_cache(maxsize=256)
def _titles(edition: str, language: str) -> Mapping[Key, str]:
    return {
        (rubric.id, each.id): each.title.in_language(language)
        for rubric in compiled(edition).rubrics.values()
        for each in rubric.every_criterion()
    }


NAMED = 3  # criteria that a reason names by their titles; the others are counted


def with_titles(scheme: Compiled, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a reason with criteria called by their titles, as pages call them."""
    if "criteria" not in parameters:
        return dict(parameters)
    titles = {criterion: title for (_rubric, criterion), title in criterion_titles(scheme).items()}
    named = [titles.get(each, each) for each in parameters["criteria"][:NAMED]]
    return {**parameters, "criteria": named}


def word_title(word: str) -> str:
    """What answers beside a number are called."""
    return {"not_applicable": _("Not applicable"), "unable_to_verify": _("Unable to verify")}.get(word, word)


def anchors(rubric: Rubric) -> dict[str, str]:
    """The words of the scale, by rating."""
    return {as_text(value): words.in_language(language()) for value, words in rubric.scale.anchors.items()}


def short(anchor: str) -> str:
    """The word before the colon, where an anchor explains itself behind one."""
    return anchor.partition(":")[0].strip()


def meaning(anchor: str) -> str:
    """What stands behind the colon."""
    return anchor.partition(":")[2].strip()


def scale_in_words(rubric: Rubric) -> list[dict[str, str]]:
    return [
        {"value": value, "words": words} for value, words in anchors(rubric).items() if short(words) != words
    ]


def given(rubric: Rubric, value: str) -> dict[str, str]:
    """A rating as it is shown: its number and its word, or only the word."""
    if value in rubric.scale.also:
        return {"rating": word_title(value), "anchor": ""}
    return {"rating": value, "anchor": short(anchors(rubric).get(value, ""))}


MOST_KEYS = 11


def rating_keys(
    rubric: Rubric, criterion: Criterion, *, without: frozenset[str] = frozenset()
) -> Mapping[str, Any]:
    """The choices of parts/rating.html: the numbers that `criterion` may get, and the words beside them."""
    words = anchors(rubric)
    values = [as_text(value) for value in _values(rubric, criterion)]
    return {
        "options": [
            {
                "value": each,
                "label": each,
                "anchor": short(words.get(each, "")),
                "meaning": meaning(words.get(each, "")),
            }
            for each in values
        ],
        "also": [
            {"value": each, "label": word_title(each)} for each in rubric.scale.also if each not in without
        ],
    }


def _values(rubric: Rubric, criterion: Criterion) -> list[Decimal]:
    """Every step of the scale that `criterion` may get; none where there are too many for keys."""
    scale, ceiling = rubric.scale, rubric.ceiling(criterion)
    count = int((ceiling - scale.minimum) / scale.step) + 1
    return [scale.minimum + scale.step * place for place in range(count)] if count <= MOST_KEYS else []
