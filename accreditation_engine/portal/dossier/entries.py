"""What a form about the criteria of one area sent, and what is wrong with it, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import Reason

from .rubrics import Key, Section, rating_keys
from .two_tabs import NOTHING, Typed, as_typed, mark

RATING, TEXT, WAS, FILES = "rating", "text", "was", "files"


@dataclass
class Entries:
    """`typed` and the `marks` of what was shown, by criterion; `errors` by the name of a field, each on its
    line; `reasons` that
    belong to no field; `newer` is what is kept of what was changed elsewhere meanwhile."""

    section: Section
    typed: dict[Key, Typed] = field(default_factory=dict)
    marks: dict[Key, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)
    newer: dict[Key, Typed] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return bool(self.errors or self.reasons)

    def sort_out(self, reasons: Iterable[Reason]) -> None:
        """Put each reason at its field where it speaks of one of this area."""
        numbers = {each.id: number for number, each in self.section.criteria}
        for each in reasons:
            criterion = each.parameters.get("criterion")
            if each.code == "bad_rating" and criterion in numbers:
                told = Reason(each.code, {**each.parameters, "criterion": numbers[criterion]})
                self.errors[f"{RATING}-{criterion}"] = str(told)
            elif each.code == "entry_too_long" and criterion in numbers:
                self.errors[f"{TEXT}-{criterion}"] = str(Reason("text_too_long", each.parameters))
            else:
                self.reasons.append(each)

    def conflict(self, keys: Iterable[Key], kept: Mapping[Key, Typed]) -> None:
        """Somebody has changed these meanwhile. Saving again replaces what they wrote, now knowingly."""
        for key in keys:
            rating, text = self.newer[key] = kept.get(key, NOTHING)
            now = " · ".join(each for each in (rating, text) if each) or _("nothing")
            self.errors[f"{TEXT}-{key[1]}"] = _(
                "This was changed meanwhile, in another window or by somebody else. It now reads: “%(now)s”."
                " Save again to replace it with yours."
            ) % isolated({"now": now})
            self.marks[key] = mark((rating, text))

    def error(self, kind: str, criterion: str) -> str:
        return self.errors.get(f"{kind}-{criterion}", "")

    def summary(self) -> list[dict[str, str]]:
        """For parts/error_summary.html."""
        numbers = {each.id: number for number, each in self.section.criteria}
        listed = [{"text": str(each), "target": ""} for each in self.reasons]
        for name, text in self.errors.items():
            kind, _dash, criterion = name.partition("-")
            number = "" if kind == RATING else f"{isolate(numbers[criterion])}: "
            listed += [{"text": f"{number}{line}", "target": name} for line in text.splitlines()]
        return listed


def read(section: Section, post: QueryDict, *, only: str = "") -> Entries:
    """What was sent about the criteria of `section`, and of no others; with `only`, about that one criterion."""
    entries = Entries(section)
    for criterion in section.area.criteria:
        if only and criterion.id != only:
            continue
        key = (section.rubric.id, criterion.id)
        sent = {kind: post.get(section.field(kind, criterion), "") for kind in (RATING, TEXT, WAS)}
        entries.typed[key] = as_typed(sent[RATING], sent[TEXT])
        entries.marks[key] = sent[WAS]
    return entries


def shown(
    section: Section, kept: Mapping[Key, Typed], entries: Entries | None
) -> dict[Key, tuple[Typed, str]]:
    """What the form shows of each criterion, with its mark: what was typed where it came back, else what is
    kept."""
    found: dict[Key, tuple[Typed, str]] = {}
    for key in section.keys:
        now = kept.get(key, NOTHING)
        if entries is None or key not in entries.typed:
            found[key] = (now, mark(now))
        else:
            found[key] = (entries.typed[key], entries.marks[key] or mark(now))
    return found


def rating_part(
    section: Section, criterion: Criterion, value: str, legend: str, *, without: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The keys of parts/rating.html; where the scale has too many steps for keys, a field of parts/entry.html."""
    name, keys = (
        section.field(RATING, criterion),
        rating_keys(section.rubric, criterion, without=without - {value}),
    )
    if keys["options"]:
        return {"rating": {"name": name, "legend": legend, "value": value, **keys}}
    rubric = section.rubric
    words = {"minimum": rubric.scale.minimum, "maximum": rubric.ceiling(criterion)}
    texts = [_("A number from %(minimum)s to %(maximum)s") % isolated(words)]
    texts += [f"{each['value']}: {each['label']}" for each in keys["also"]]
    return {
        "field": {
            "name": name,
            "label": legend,
            "type": "text",
            "saving": RATING,
            "value": value,
            "help": "; ".join(texts),
        }
    }
