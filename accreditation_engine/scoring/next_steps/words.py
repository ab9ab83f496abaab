"""The way to the next better outcome in words, Arabic or English."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..ratings import Rating
from ..rounding import plain, rounded
from . import NextSteps, Raise

LABELS = {
    "en": {
        "title": "What would have to change",
        "best": "There is no better outcome.",
        "incomplete": "First rate what has not been rated yet.",
        "not_found": "No higher ratings were found that lead to a better outcome.",
        "too_large": "Not worked out for a rubric of so many criteria.",
        "impossible": "No higher ratings lead to a better outcome.",
        "shortest": "The shortest way to {outcome}, in points of the scale: {points}",
        "good": "A way to {outcome}, perhaps not the shortest, in points of the scale: {points}",
        "raise": "{criterion} ({id}): from {now} to {to}, {points} more",
        "unable_to_verify": "unable to verify",
    },
    "ar": {
        "title": "ما يلزم تغييره",
        "best": "لا يوجد تصنيف أعلى.",
        "incomplete": "يلزم أولا تسجيل الدرجات الناقصة.",
        "not_found": "لم يعثر على درجات أعلى تؤدي إلى تصنيف أعلى.",
        "too_large": "لم يحسب ذلك لأداة بهذا العدد من المعايير.",
        "impossible": "لا تؤدي أي درجات أعلى إلى تصنيف أعلى.",
        "shortest": "أقصر طريق إلى تصنيف «{outcome}»، بنقاط المقياس: {points}",
        "good": "طريق إلى تصنيف «{outcome}»، قد لا يكون الأقصر، بنقاط المقياس: {points}",
        "raise": "{criterion} ({id}): من {now} إلى {to}، بزيادة {points}",
        "unable_to_verify": "تعذر التحقق",
    },
}


def steps_in_words(steps: NextSteps, language: str) -> Iterator[str]:
    """One line for what can be reached at what price, then one for each raise, the smallest first."""
    return _Speaker(steps, "en" if language.startswith("en") else "ar").lines()


def way_in_words(steps: NextSteps, language: str) -> str:
    """The first of these lines: what can be reached at what price, or why nothing can."""
    return next(steps_in_words(steps, language))


class _Speaker:
    def __init__(self, steps: NextSteps, language: str) -> None:
        self.steps, self.language, self.labels = steps, language, LABELS[language]

    def lines(self) -> Iterator[str]:
        status = self.steps.status
        if status == "reachable":
            label = self.labels["shortest" if self.steps.proven else "good"]
            yield label.format(outcome=self.outcome(), points=self.number(self.steps.points))
            yield from (f"  {self.raised(each)}" for each in self.steps.raises)
        else:
            yield self.labels["impossible" if status == "not_found" and self.steps.proven else status]

    def raised(self, each: Raise) -> str:
        criteria = self.steps.rubric.every_criterion()
        title = next(one.title.in_language(self.language) for one in criteria if one.id == each.criterion)
        numbers = {"to": self.mark(plain(each.to)), "points": self.number(each.points)}
        return self.labels["raise"].format(
            criterion=title, id=each.criterion, now=self.answer(each.now), **numbers
        )

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

    def mark(self, number: str) -> str:
        return number if self.language == "en" else f"\u2066{number}\u2069"
