"""The criteria of a scheme, to choose one from a list."""

from __future__ import annotations

from typing import Any

from .reader import Reader, language
from .rubrics import Key, all_sections, criterion_titles


def criterion_groups(reader: Reader) -> list[dict[str, Any]]:
    """[{title, options: [{value, label}]}], an area each."""
    titles = criterion_titles(reader.scheme)
    return [
        {
            "title": f"{section.rubric.title.in_language(language())}: {section.title}",
            "options": [
                {
                    "value": value_of((section.rubric.id, each.id)),
                    "label": f"{number} {titles[section.rubric.id, each.id]}",
                }
                for number, each in section.criteria
            ],
        }
        for section in all_sections(reader.scheme)
    ]


def value_of(key: Key) -> str:
    """How a criterion stands in a form; "" for none."""
    return f"{key[0]}:{key[1]}" if key[1] else ""


def criterion_typed(value: str) -> Key:
    """The criterion that stands in a form; whether there is one, the domain says."""
    rubric, _colon, criterion = value.partition(":")
    return rubric, criterion
