"""What can be wrong with a rating. A problem is a code with its values; words are made when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ENGLISH = {
    "unknown_criterion": "no such criterion in {rubric} {edition}",
    "unknown_criterion_near": "no such criterion in {rubric} {edition}; did you mean {nearest}?",
    "off_scale": "{given} is off the scale; give {answers}",
    "off_step": "{given} is off the step of {step}; give {below} or {above}",
    "off_step_top": "{given} is off the step of {step}; the nearest answer is {below}",
    "word_not_allowed": "{given} is not an answer here; give {answers}",
    "not_a_number": "'{given}' is not a number; give {answers}",
    "comma": "'{given}' is not a number; write it with a point, not a comma, and give {answers}",
}
ARABIC = {
    "unknown_criterion": "لا يوجد معيار بهذا الرمز في {rubric} {edition}",
    "unknown_criterion_near": "لا يوجد معيار بهذا الرمز في {rubric} {edition}، ولعل المقصود {nearest}",
    "off_scale": "الدرجة {given} خارج المقياس؛ المقبول {answers}",
    "off_step": "الدرجة {given} لا توافق خطوة المقياس وهي {step}؛ أقرب درجتين {below} و{above}",
    "off_step_top": "الدرجة {given} لا توافق خطوة المقياس وهي {step}؛ أقرب درجة {below}",
    "word_not_allowed": "الإجابة «{given}» غير متاحة هنا؛ المقبول {answers}",
    "not_a_number": "«{given}» ليس رقما؛ المقبول {answers}",
    "comma": "«{given}» ليس رقما؛ تكتب الكسور بنقطة لا بفاصلة، والمقبول {answers}",
}
ANSWERS = {
    "en": {
        "range": "a number from {minimum} to {maximum}",
        "not_applicable": "not_applicable",
        "unable_to_verify": "unable_to_verify",
        "or": " or ",
    },
    "ar": {
        "range": "رقم من {minimum} إلى {maximum}",
        "not_applicable": "لا ينطبق",
        "unable_to_verify": "تعذر التحقق",
        "or": " أو ",
    },
}
WORDS = ("not_applicable", "unable_to_verify")


@dataclass(frozen=True)
class RatingProblem:
    """One rating that was refused: `code` is a key of ENGLISH, `parameters` holds its values as text.

    `also` are the words that would be accepted besides a number.
    """

    code: str
    criterion: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: str) -> str:
        """One line that names the criterion, what is wrong and the remedy, in Arabic or in English."""
        english = language.startswith("en")
        sentences, mark = (ENGLISH, _as_is) if english else (ARABIC, _isolated)
        values = {name: mark(value) for name, value in self.parameters.items()}
        if not english and values.get("given") and self.parameters["given"] in WORDS:
            values["given"] = ANSWERS["ar"][self.parameters["given"]]
        answers = self._answers(ANSWERS["en" if english else "ar"], values)
        return f"{mark(self.criterion)}: " + sentences[self.code].format(**values, answers=answers)

    def _answers(self, words: Mapping[str, str], values: Mapping[str, str]) -> str:
        if "minimum" not in values:
            return ""
        return words["or"].join([words["range"].format(**values), *(words[word] for word in self.also)])


class RatingProblems(ValueError):  # noqa: N818 - it is the list of them, and read as such
    """Ratings that cannot be taken, with every problem at once in `problems`."""

    def __init__(self, problems: Iterable[RatingProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


def _as_is(text: str) -> str:
    return text


def _isolated(text: str) -> str:
    return f"\u2068{text}\u2069"
