"""A draft written as a rubric file, with what could not be carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..base import as_text
from .drafts import Draft, DraftArea, DraftCriterion, Names, Texts, slug
from .losses import Loss, Note

START = """\
# Imported. Before this is used: write what outcomes ask for, check the weights, and read the titles.
"""
OUTCOMES = """\
outcomes:
  - outcome: scored
    title: {ar: تم التقييم, en: Scored}
"""


@dataclass(frozen=True)
class Written:
    """The text of a rubric file, and what was lost on the way or is still to be written."""

    text: str
    losses: tuple[Note, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        return self.in_words("en")

    def in_words(self, language: str) -> tuple[str, ...]:
        """The losses, a line each, in Arabic or in English."""
        return tuple(each.in_words(language) for each in self.losses)


def write(draft: Draft) -> Written:
    """The rubric of `draft`. A title that lacks a language repeats another, and is counted."""
    writer = _Writer(draft)
    text = START + "\n".join(writer.lines()) + "\n" + OUTCOMES
    return Written(text, tuple(writer.notes()))


@dataclass
class _Writer:
    draft: Draft
    names: Names = field(default_factory=Names)
    repeated: dict[str, int] = field(default_factory=lambda: {"ar": 0, "en": 0})

    def lines(self) -> Iterator[str]:
        draft = self.draft
        yield f"rubric: {draft.id}"
        yield f"edition: {_quoted(draft.edition)}"
        yield f"title: {self.both(draft.title)}"
        yield f"source: {_quoted(draft.source)}"
        yield "scale:"
        yield f"  minimum: {as_text(draft.minimum)}"
        yield f"  maximum: {as_text(draft.maximum)}"
        yield "  step: 1"
        if draft.anchors:
            yield "  anchors:"
            yield from (
                f"    {as_text(at)}: {self.both(texts)}" for at, texts in sorted(draft.anchors.items())
            )
        yield "  also: [not_applicable, unable_to_verify]"
        yield "areas:"
        for area in draft.areas:
            yield from self.area(area, "  ")

    def area(self, area: DraftArea, indent: str) -> Iterator[str]:
        name = self.names.free(slug(area.ref or area.title.get("en", ""), "area"))
        yield f"{indent}- id: {name}"
        yield f"{indent}  title: {self.both(area.title)}"
        yield f"{indent}  weight: {as_text(area.weighs())}"
        inner = "areas" if isinstance(area.parts[0], DraftArea) else "criteria"
        yield f"{indent}  {inner}:"
        for number, part in enumerate(area.parts, start=1):
            if isinstance(part, DraftArea):
                yield from self.area(part, f"{indent}    ")
            else:
                wanted = slug(part.ref, "c") if part.ref else slug(f"{name}-{number}", "c")
                yield from self.criterion(part, wanted, f"{indent}    ")

    def criterion(self, criterion: DraftCriterion, wanted: str, indent: str) -> Iterator[str]:
        yield f"{indent}- id: {self.names.free(wanted)}"
        yield f"{indent}  title: {self.both(criterion.title)}"
        if criterion.guidance:
            yield f"{indent}  guidance: {self.both(criterion.guidance)}"
        if criterion.weight != 1:
            yield f"{indent}  weight: {as_text(criterion.weight)}"

    def both(self, texts: Texts) -> str:
        """A text in both languages of a rubric; what is missing is that of another language."""
        spare = texts.get("en") or texts.get("ar") or next(iter(texts.values()), "?")
        for language in ("ar", "en"):
            self.repeated[language] += language not in texts
        return f"{{ar: {_quoted(texts.get('ar', spare))}, en: {_quoted(texts.get('en', spare))}}}"

    def notes(self) -> Iterator[Note]:
        for language, code in (("ar", "arabic"), ("en", "english")):
            if self.repeated[language]:
                yield Note(Loss(code), self.repeated[language])
        yield from sorted((Note(loss, count) for loss, count in self.draft.lost.items() if count), key=str)
        yield Note(Loss("outcomes"), 1)


def _quoted(text: str) -> str:
    """As a YAML scalar in double quotes, which JSON's are."""
    return json.dumps(text, ensure_ascii=False)
