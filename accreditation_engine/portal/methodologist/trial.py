"""Numbers of a rubric as somebody typed them to try: what is wrong with them, and the rubric that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.definitions.problems import Flaw, Path
from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.scoring.what_if import EditError, number_from

from .fields import THRESHOLD, WEIGHT, Number, numbers_of

LONGEST = 40
MOST_CRITERIA = 150
"""So many more fields still go into the address of a page."""


@dataclass
class Trial:
    """`typed` by the name of the field, and `errors` likewise; `unknown` are fields that the rubric has not.
    `rubric` is the one that was typed, and the one that is there as long as anything is wrong."""

    written: Rubric
    typed: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    edits: list[tuple[Number, Decimal]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rubric: Rubric, sent: QueryDict) -> Trial:
        """What is not in the address is as it was."""
        trial = cls(rubric)
        for each in trial.numbers:
            typed = [str(text)[:LONGEST].strip() for text in sent.getlist(each.field, [each.text])]
            trial.take(each, typed[-1])
            if len(set(typed)) > 1:
                trial.errors[each.field] = _twice(typed)
        known = {each.field for each in trial.numbers}
        trial.unknown = [name[:LONGEST] for name in sent if _is_number(name) and name not in known]
        if not trial.errors:
            trial.check()
        return trial

    @cached_property
    def numbers(self) -> list[Number]:
        return numbers_of(self.written)

    @property
    def rubric(self) -> Rubric:
        rubric = self.written
        for number, value in [] if self.errors else self.edits:
            rubric = number.put(rubric, value)
        return rubric

    def take(self, number: Number, typed: str) -> None:
        """One field: its number when it is one, else what is wrong."""
        self.typed[number.field] = typed
        try:
            value = number_from(typed)
        except EditError:
            self.errors[number.field] = _("This is not a number. Write for example 15 or 0.5.")
            return
        if number.kind == WEIGHT and value < 0:
            self.errors[number.field] = _("A weight cannot be negative. Write 0 or more.")
        elif number.whole and (value != int(value) or value < 0):
            self.errors[number.field] = _("This counts criteria. Write a whole number, 0 or more.")
        elif value != number.now:
            self.edits.append((number, value))

    def check(self) -> None:
        """Numbers that are sound by themselves may not be so together, or lie off the scale."""
        for flaw in check_rubric(self.rubric):
            number, words = self.meant(flaw)
            self.errors.setdefault(number.field, words)

    def meant(self, flaw: Flaw) -> tuple[Number, str]:
        """The field that a flaw is about, and what to say there."""
        for each in self.numbers:
            if each.kind == WEIGHT and each.path[:-1] == flaw.path:
                return each, _all_zero(each)
            if _written(each.path) == _written(flaw.path):
                return each, _off(each, self.written)
        together = _(
            "With these numbers an outcome could never be reached, would leave nothing to the one beneath it, or"
            " would ask for more than a better one."
            " Change one of them."
        )
        return self.nearest(flaw.path), together

    def nearest(self, path: Path) -> Number:
        """A number that was changed, of the outcome that `path` leads to where one of it was."""
        changed = [number for number, _value in self.edits] or self.numbers
        return next((each for each in changed if each.path[:2] == path[:2]), changed[0])

    def summary(self) -> list[dict[str, str]]:
        """For parts/error_summary.html."""
        return [
            {"text": f"{each.full_title}: {self.errors[each.field]}", "target": each.field}
            for each in self.numbers
            if each.field in self.errors
        ]

    def groups(self) -> list[dict[str, Any]]:
        """The fields of each outcome, and of the weights of areas, which have no title, for parts/entry.html;
        those of the criteria of an area are folded until one of them is tried. Too many of these are no form."""
        return [
            self._group(group, list(found))
            for (group, folded), found in groupby(
                self.numbers, key=lambda each: (each.group, each.of_criterion)
            )
            if not folded or not self.left_out
        ]

    @property
    def left_out(self) -> int:
        """So many criteria have no field here; the command tries their weights."""
        count = sum(1 for each in self.numbers if each.of_criterion)
        return count if count > MOST_CRITERIA else 0

    def _group(self, title: str, numbers: list[Number]) -> dict[str, Any]:
        tried = {each.field for each, _value in self.edits} | self.errors.keys()
        folded = numbers[0].of_criterion
        open_ = folded and any(each.field in tried for each in numbers)
        return {
            "title": title,
            "entries": [self._entry(each) for each in numbers],
            "folded": folded,
            "open": open_,
        }

    def _entry(self, number: Number) -> dict[str, Any]:
        error = self.errors.get(number.field, "")
        tried = error or number.field in {each.field for each, _value in self.edits}
        return {
            "name": number.field,
            "label": number.label,
            "type": "text",
            "required": True,
            "value": self.typed[number.field],
            "error": error,
            "help": _("is %(number)s") % isolated({"number": number.text}) if tried else "",
        }


def _is_number(name: str) -> bool:
    """Whether a field is called as those of numbers are."""
    return name.startswith((f"{WEIGHT}-", f"{THRESHOLD}-"))


def _twice(typed: list[str]) -> str:
    numbers = _(", ").join(map(isolate, dict.fromkeys(typed)))
    return _("Given twice: %(numbers)s. Keep one of them.") % {"numbers": numbers}


def _all_zero(number: Number) -> str:
    if number.of_criterion:
        return _(
            "The weights that are averaged together are all 0. Give at least one criterion of this area a weight"
            " above 0."
        )
    return _("The weights that are averaged together are all 0. Give at least one area a weight above 0.")


def _written(path: Path) -> list[str]:
    """A path as flaws give it: `not`, which Python cannot call a field, is called that there."""
    return [str(step).removesuffix("_") for step in path]


def _off(number: Number, rubric: Rubric) -> str:
    """What may be written for a threshold that lies beyond all that there is."""
    if number.whole:
        highest = sum(1 for _each in rubric.every_criterion())
        return _("There are only so many criteria: %(count)d. Ask for fewer.") % {"count": highest}
    if number.unit:
        return _("Nothing can come to this. Write a number from 0 to 100.")
    scale = {"minimum": f"{rubric.scale.minimum:f}", "maximum": f"{rubric.scale.maximum:f}"}
    return _("Nothing can come to this. The scale goes from %(minimum)s to %(maximum)s.") % isolated(scale)
