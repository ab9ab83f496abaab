"""Reasons in words, Arabic or English: "Integrity 62.00 %, Gold asks for at least 70 %"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.definitions.rubric import Rubric

from .rounding import plain
from .verdicts import Reason

FACTS = {
    "en": {
        "score": "Overall score {value}",
        "area": "{area} {value}",
        "every_area": "The lowest area is {area} with {value}",
        "some_area": "The lowest area is {area} with {value}",
        "criterion": "{criterion}: {value}",
        "every_criterion": "The lowest rating{among} is {value} ({criterion})",
        "some_criterion": "The lowest rating{among} is {value} ({criterion})",
        "count": "Criteria rated {rated}{among}: {value}{listed}",
        "count_verified": "Criteria verified and rated {rated}{among}: {value}{listed}",
        "count_unable_to_verify": "Criteria that could not be verified{among}: {value}{listed}",
        "count_not_applicable": "Criteria that do not apply{among}: {value}{listed}",
        "growth": "Growth since the first assessment {value}",
        "growth_unknown": "There is no first assessment to measure growth from",
        "growth_unlike": "The first assessment was scored in another unit, so growth cannot be measured from it",
        "growth_from_nothing": "The first assessment scored nothing, so growth has no rate",
        "area_not_applicable": "{area} does not apply, so nothing is asked of it",
        "criterion_not_applicable": "{criterion}: does not apply, so nothing is asked of it",
        "nothing_applicable": "No criterion applies, so there is nothing to score",
        "missing": "Not rated yet: {criteria}",
        "otherwise": "{outcome}: no better outcome was reached",
    },
    "ar": {
        "score": "النتيجة الكلية {value}",
        "area": "نتيجة مجال «{area}» {value}",
        "every_area": "أدنى المجالات نتيجة «{area}» {value}",
        "some_area": "أدنى المجالات نتيجة «{area}» {value}",
        "criterion": "درجة معيار «{criterion}» {value}",
        "every_criterion": "أدنى درجة{among} {value} لمعيار «{criterion}»",
        "some_criterion": "أدنى درجة{among} {value} لمعيار «{criterion}»",
        "count": "عدد المعايير الحاصلة على {rated}{among}: {value}{listed}",
        "count_verified": "عدد المعايير التي تم التحقق منها وحصلت على {rated}{among}: {value}{listed}",
        "count_unable_to_verify": "عدد المعايير التي تعذر التحقق منها{among}: {value}{listed}",
        "count_not_applicable": "عدد المعايير التي لا تنطبق{among}: {value}{listed}",
        "growth": "النمو منذ التقييم الأول {value}",
        "growth_unknown": "لا يوجد تقييم أول يقاس عليه النمو",
        "growth_unlike": "حسبت نتيجة التقييم الأول بوحدة قياس أخرى، فلا يقاس عليها النمو",
        "growth_from_nothing": "لم تتجاوز نتيجة التقييم الأول الصفر، فلا تحسب للنمو نسبة",
        "area_not_applicable": "مجال «{area}» لا ينطبق، فلا يدخل في الشروط",
        "criterion_not_applicable": "معيار «{criterion}» لا ينطبق، فلا يدخل في الشروط",
        "nothing_applicable": "لا ينطبق أي معيار، فلا توجد نتيجة تحسب",
        "missing": "معايير لم تسجل درجاتها بعد: {criteria}",
        "otherwise": "التصنيف «{outcome}»: لم تتحقق شروط تصنيف أعلى",
    },
}
PHRASES = {
    "en": {
        "at_least": "at least {asked}",
        "below": "below {asked}",
        "no_more_than": "no more than {asked}",
        "none": "none",
        "rated": "{rating}",
        "rated_at_most": "{rating} or lower",
        "rated_at_least": "{rating} or higher",
        "against": "{fact}, {outcome} asks for {bound}",
        "for": "{fact}, as {outcome} asks ({bound})",
        "against_any": "{fact}, and {bound} is asked for",
        "for_any": "{fact}, as is asked ({bound})",
        "one_of": "One of these would do: {parts}",
        "or": "; or ",
        "and": "; and ",
        "among": " within {names}",
        "listed": " ({criteria})",
        "more": "{names} and {count} more",
        "next": "; ",
    },
    "ar": {
        "at_least": "{asked} على الأقل",
        "below": "أقل من {asked}",
        "no_more_than": "{asked} على الأكثر",
        "none": "ألا يوجد أي منها",
        "rated": "{rating}",
        "rated_at_most": "{rating} أو أقل",
        "rated_at_least": "{rating} أو أكثر",
        "against": "{fact}، والمطلوب لتصنيف «{outcome}» {bound}",
        "for": "{fact}، بما يستوفي المطلوب لتصنيف «{outcome}» ({bound})",
        "against_any": "{fact}، والمطلوب {bound}",
        "for_any": "{fact}، بما يستوفي المطلوب ({bound})",
        "one_of": "يكفي أحد الآتي: {parts}",
        "or": "؛ أو ",
        "and": "؛ و",
        "among": " ضمن «{names}»",
        "listed": " ({criteria})",
        "more": "{names} و{count} غيرها",
        "next": "؛ ",
    },
}
NAMED_AT_MOST = 3


def in_words(reason: Reason, rubric: Rubric, language: str) -> str:
    """`reason` as one sentence without its full stop, in `language` ("ar" or "en").

    Titles are looked up in `rubric`; an id that it does not know stands for itself. Numbers inside Arabic are
    in isolates (U+2066 ... U+2069), so that they keep their order wherever the sentence is shown.
    """
    return _Speaker(rubric, "en" if language.startswith("en") else "ar").say(reason)


class _Speaker:
    def __init__(self, rubric: Rubric, language: str) -> None:
        self.rubric, self.language = rubric, language
        self.facts, self.phrases = FACTS[language], PHRASES[language]

    def say(self, reason: Reason) -> str:
        if reason.code == "one_of":
            parts = self.phrases["or"].join(self.say(part) for part in reason.parts)
            return self.phrases["one_of"].format(parts=parts)
        if reason.code == "all_of":
            return self.phrases["and"].join(self.say(part) for part in reason.parts)
        fact = self.facts[reason.code].format(**self.values(reason))
        return self.judged(fact, reason) if "bound" in reason.parameters else fact

    def judged(self, fact: str, reason: Reason) -> str:
        """The fact, with what was asked for and by which outcome."""
        side = "for" if reason.holds else "against"
        if reason.outcome is None:
            return self.phrases[f"{side}_any"].format(fact=fact, bound=self.bound(reason))
        outcome = self.outcome(reason.outcome)
        return self.phrases[side].format(fact=fact, outcome=outcome, bound=self.bound(reason))

    def bound(self, reason: Reason) -> str:
        bound = _text(reason, "bound")
        if (bound, reason.parameters["asked"]) == ("no_more_than", "0"):
            return self.phrases["none"]
        return self.phrases[bound].format(asked=self.number(reason, "asked"))

    def values(self, reason: Reason) -> dict[str, str]:
        """What the sentences about a fact may name."""
        ready: dict[str, Callable[[], str]] = {
            "value": lambda: self.number(reason, "value"),
            "area": lambda: self.area(_text(reason, "area")),
            "criterion": lambda: self.criterion(_text(reason, "criterion")),
            "criteria": lambda: self.names(reason.parameters["criteria"]),
            "rated": lambda: self.rated(reason),
        }
        values = {name: make() for name, make in ready.items() if name in reason.parameters}
        outcome = self.outcome(reason.outcome) if reason.outcome else ""
        among = self.among(reason.parameters.get("among", ()))
        return {"outcome": outcome, "listed": self.listed(reason), "among": among, **values}

    def among(self, names: Sequence[str]) -> str:
        """The areas or criteria that a condition is narrowed to; nothing where it speaks of all."""
        if not names:
            return ""
        areas = {each.id for each in self.rubric.every_area()}
        titles = [self.area(each) if each in areas else self.criterion(each) for each in names]
        return self.phrases["among"].format(names=self.cut(titles))

    def rated(self, reason: Reason) -> str:
        rating = self.mark(_text(reason, "rating"))
        lowest = (reason.parameters["rated"], rating) == (
            "at_most",
            self.mark(plain(self.rubric.scale.minimum)),
        )
        return self.phrases["rated" if lowest else f"rated_{_text(reason, 'rated')}"].format(rating=rating)

    def listed(self, reason: Reason) -> str:
        """The criteria that were one too many, behind their number."""
        too_many = not reason.holds and reason.parameters.get("bound") == "no_more_than"
        if not too_many or "criteria" not in reason.parameters:
            return ""
        return self.phrases["listed"].format(criteria=self.names(reason.parameters["criteria"]))

    def names(self, criteria: Sequence[str]) -> str:
        return self.cut([self.criterion(each) for each in criteria])

    def cut(self, titles: Sequence[str]) -> str:
        """The first few of `titles`, and how many more there are."""
        named = self.phrases["next"].join(titles[:NAMED_AT_MOST])
        more = len(titles) - NAMED_AT_MOST
        return named if more <= 0 else self.phrases["more"].format(names=named, count=self.mark(str(more)))

    def number(self, reason: Reason, name: str) -> str:
        percent = reason.code.startswith("growth") or reason.parameters.get("unit") == "percent"
        text = _text(reason, name)
        if not percent:
            return self.mark(text)
        return f"{text} %" if self.language == "en" else self.mark(f"{text}%")

    def mark(self, number: str) -> str:
        return number if self.language == "en" else f"\u2066{number}\u2069"

    def area(self, name: str) -> str:
        return self.title(name, ((each.id, each.title) for each in self.rubric.every_area()))

    def criterion(self, name: str) -> str:
        return self.title(name, ((each.id, each.title) for each in self.rubric.every_criterion()))

    def outcome(self, name: str) -> str:
        return self.title(name, ((each.outcome, each.title) for each in self.rubric.outcomes))

    def title(self, name: str, titles: Iterable[tuple[str, Bilingual]]) -> str:
        return next((title.in_language(self.language) for each, title in titles if each == name), name)


def _text(reason: Reason, name: str) -> str:
    return str(reason.parameters[name])
