"""The way to the next better outcome in words, Arabic or English."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..findings import SEVEREST_FIRST
from ..ratings import Rating
from ..rounding import plain, rounded
from . import NextSteps, Raise

LABELS = {
    "en": {
        "title": "What would have to change",
        "best": "There is no better outcome.",
        "incomplete": "First rate what has not been rated yet.",
        "nothing_applicable": "No criterion applies, so there is no rating to raise.",
        "not_found": "No higher ratings were found that lead to a better outcome.",
        "too_large": "Not worked out for a rubric of so many criteria.",
        "impossible": "No higher ratings lead to a better outcome.",
        "shortest": "The shortest way to {outcome}: raise the ratings by {points} in all",
        "good": "A way to {outcome}, perhaps not the shortest: raise the ratings by {points} in all",
        "shortest_clear": "The shortest way to {outcome} that leaves no {severity}:"
        " raise the ratings by {points} in all",
        "good_clear": "A way to {outcome} that leaves no {severity}, perhaps not the shortest:"
        " raise the ratings by {points} in all",
        "best_clear": "There is no better outcome. To leave no {severity}, raise the ratings by {points} in all",
        "raise": "{criterion} ({id}): from {now} to {to}, {points} more",
        "clears": "{line} (as rated now: {severity})",
        "left": "Still rated as a finding ({severity}): {criteria}",
        "next": "; ",
        "or": " or ",
        "unable_to_verify": "unable to verify",
        "major": "major nonconformity",
        "minor": "minor nonconformity",
        "observation": "observation",
    },
    "ar": {
        "title": "ما يلزم تغييره",
        "best": "لا يوجد تصنيف أعلى.",
        "incomplete": "يلزم أولا تسجيل الدرجات الناقصة.",
        "nothing_applicable": "لا ينطبق أي معيار، فلا توجد درجة ترفع.",
        "not_found": "لم يعثر على درجات أعلى تؤدي إلى تصنيف أعلى.",
        "too_large": "لم يحسب ذلك لأداة بهذا العدد من المعايير.",
        "impossible": "لا تؤدي أي درجات أعلى إلى تصنيف أعلى.",
        "shortest": "أقصر طريق إلى تصنيف «{outcome}»: يلزم رفع مجموع الدرجات بمقدار {points}",
        "good": "طريق إلى تصنيف «{outcome}»، وقد لا يكون الأقصر: يلزم رفع مجموع الدرجات بمقدار {points}",
        "shortest_clear": "أقصر طريق إلى تصنيف «{outcome}» لا يبقى معه {severity}:"
        " يلزم رفع مجموع الدرجات بمقدار {points}",
        "good_clear": "طريق إلى تصنيف «{outcome}» لا يبقى معه {severity}، وقد لا يكون الأقصر:"
        " يلزم رفع مجموع الدرجات بمقدار {points}",
        "best_clear": "لا يوجد تصنيف أعلى. وحتى لا يبقى {severity}، تلزم يلزم رفع مجموع الدرجات بمقدار {points}",
        "raise": "{criterion} ({id}): من {now} إلى {to}، بزيادة {points}",
        "clears": "{line} (الدرجة الحالية {severity})",
        "left": "يبقى {severity} في: {criteria}",
        "next": "؛ ",
        "or": " أو ",
        "unable_to_verify": "تعذر التحقق",
        "major": "عدم مطابقة جوهري",
        "minor": "عدم مطابقة بسيط",
        "observation": "ملحوظة",
    },
}


def steps_in_words(steps: NextSteps, language: str) -> Iterator[str]:
    """One line for what can be reached at what price, then one for each raise, the smallest first, and one for the
    findings of each severity that ratings raise even then."""
    return _Speaker(steps, "en" if language.startswith("en") else "ar").lines()


def way_in_words(steps: NextSteps, language: str) -> str:
    """The first of these lines: what can be reached at what price, or why nothing can."""
    return next(steps_in_words(steps, language))


class _Speaker:
    def __init__(self, steps: NextSteps, language: str) -> None:
        self.steps, self.language, self.labels = steps, language, LABELS[language]

    def lines(self) -> Iterator[str]:
        yield self.way()
        yield from (f"  {self.raised(each)}" for each in self.steps.raises)
        for severity in SEVEREST_FIRST:
            left = [self.title(each.criterion) for each in self.steps.findings if each.severity == severity]
            if left:
                said = {"severity": self.labels[severity], "criteria": self.labels["next"].join(left)}
                yield f"  {self.labels['left'].format(**said)}"

    def way(self) -> str:
        steps = self.steps
        if not steps.raises:
            return self.labels["impossible" if steps.status == "not_found" and steps.proven else steps.status]
        label = "best" if steps.status == "best" else "shortest" if steps.proven else "good"
        cleared = self.labels["or"].join(self.labels[each] for each in steps.clear_of)
        return self.labels[f"{label}_clear" if steps.clears else label].format(
            outcome=self.outcome(), severity=cleared, points=self.number(steps.points)
        )

    def raised(self, each: Raise) -> str:
        numbers = {"to": self.mark(plain(each.to)), "points": self.number(each.points)}
        line = self.labels["raise"].format(
            criterion=self.title(each.criterion),
            id=self.mark(each.criterion),
            now=self.answer(each.now),
            **numbers,
        )
        if each.clears is None:
            return line
        return self.labels["clears"].format(line=line, severity=self.labels[each.clears])

    def title(self, criterion: str) -> str:
        criteria = self.steps.rubric.every_criterion()
        return next(each.title.in_language(self.language) for each in criteria if each.id == criterion)

    def outcome(self) -> str:
        outcomes = self.steps.rubric.outcomes
        return next(
            one.title.in_language(self.language) for one in outcomes if one.outcome == self.steps.outcome
        )

    def answer(self, rating: Rating) -> str:
        return self.labels["unable_to_verify"] if isinstance(rating, str) else self.number(Fraction(rating))

    def number(self, value: Fraction) -> str:
        """Whole where it is, else as the rubric rounds."""
        whole = value.denominator == 1
        return self.mark(str(value) if whole else plain(rounded(value, self.steps.rubric.rounding)))

    def mark(self, text: str) -> str:
        return text if self.language == "en" else f"\u2066{text}\u2069"
