"""A draft written as a rubric file, with what could not be carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..base import as_text
from ..plain_names import plain_name
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
    """The text of a rubric file, what was lost on the way or is still to be written, and for each line of the text
    that of the source."""

    text: str
    losses: tuple[Note, ...]
    sources: tuple[int, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        return self.in_words("en")

    def in_words(self, language: str) -> tuple[str, ...]:
        """The losses, a line each, in Arabic or in English."""
        return tuple(each.in_words(language) for each in self.losses)

    def line_in_source(self, line: int) -> int:
        """Where that of the text, counted from 1, comes from."""
        return self.sources[min(line, len(self.sources)) - 1]


def write(draft: Draft) -> Written:
    """The rubric of `draft`. A title that lacks a language repeats another, and is counted."""
    writer = _Writer(draft)
    lines = list(writer.lines())
    text = START + "\n".join(line for line, _ in lines) + "\n" + OUTCOMES
    above, beneath = (each.count("\n") * (draft.line,) for each in (START, OUTCOMES))
    sources = (*above, *(source for _, source in lines), *beneath)
    return Written(text, tuple(writer.notes()), sources)


Line = tuple[str, int]
"""A line of the text, and that of the source."""


@dataclass
class _Writer:
    draft: Draft
    names: Names = field(default_factory=Names)
    repeated: dict[str, int] = field(default_factory=lambda: {"ar": 0, "en": 0})

    def lines(self) -> Iterator[Line]:
        yield from ((text, self.draft.line) for text in self.top())
        for area in self.draft.areas:
            yield from self.area(area, "  ")

    def top(self) -> Iterator[str]:
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

    def area(self, area: DraftArea, indent: str) -> Iterator[Line]:
        name = self.named(area.ref, slug(area.ref or _of_an_id(area.title), "area"), area.line)
        if area.weight is None:
            self.draft.lost.add(Loss("area_weights"))
        inner = "areas" if isinstance(area.parts[0], DraftArea) else "criteria"
        for text in (
            f"- id: {name}",
            f"  title: {self.both(area.title)}",
            f"  weight: {as_text(area.weighs())}",
            f"  {inner}:",
        ):
            yield indent + text, area.line
        self.count_alike(area)
        for number, part in enumerate(area.parts, start=1):
            if isinstance(part, DraftArea):
                yield from self.area(part, f"{indent}    ")
            else:
                wanted = slug(part.ref, "c") if part.ref else slug(f"{name}-{number}", "c")
                for text in self.criterion(part, wanted):
                    yield f"{indent}    {text}", part.line

    def criterion(self, criterion: DraftCriterion, wanted: str) -> Iterator[str]:
        yield f"- id: {self.named(criterion.ref, wanted, criterion.line)}"
        yield f"  title: {self.both(criterion.title)}"
        if criterion.guidance:
            yield f"  guidance: {self.both(criterion.guidance)}"
        if criterion.weight != 1:
            yield f"  weight: {as_text(criterion.weight)}"

    def named(self, ref: str, wanted: str, line: int) -> str:
        """A free id; where the source gives one twice, that is counted."""
        name = self.names.free(wanted)
        if ref and name != wanted:
            self.draft.lost.add(Loss("same_id", ref), line=line)
        return name

    def count_alike(self, area: DraftArea) -> None:
        """Criteria of one area that are called the same, in either language, however they are spelled."""
        first: dict[tuple[str, str], DraftCriterion] = {}
        counted: dict[int, Loss] = {}
        for each in (part for part in area.parts if isinstance(part, DraftCriterion)):
            for language, title in each.title.items():
                other = first.setdefault((language, plain_name(title)), each)
                if other is not each and id(each) not in counted:
                    loss = Loss("same_criterion", other.title.get(language, title))
                    for one in (other, each):
                        if id(one) not in counted:
                            self.draft.lost.add(loss, line=one.line)
                            counted[id(one)] = loss

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
        yield from self.draft.lost.notes()
        yield Note(Loss("outcomes"), 1)


def _of_an_id(title: Texts) -> str:
    """The title from which an id is made: in Latin letters where there is one."""
    return title.get("en") or next(iter(title.values()), "")


def _quoted(text: str) -> str:
    """As a YAML scalar in double quotes, which JSON's are."""
    return json.dumps(text, ensure_ascii=False)
