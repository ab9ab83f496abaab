"""What an import could not carry over, or left to be written. A code with a count: words come later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

ENGLISH = {
    "arabic": "Arabic texts: {count} are missing, and repeat another language",
    "english": "English texts: {count} are missing, and repeat another language",
    "outcomes": "outcomes: one that always holds is written, so that ratings can be scored; write what yours"
    " ask for",
    "scale_of_table": "a scale (0 to 4 is written): {count}",
    "scale_of_library": "a scale (0 to 100 is written, as where a framework has none): {count}",
    "empty_areas": "areas without a criterion: {count}",
    "rows": "rows without a criterion: {count}",
    "above": "rows above the names of the columns: {count}",
    "column": "column '{name}': {count}",
    "sheet": "sheet '{name}': {count}",
    "windows": "text in Windows-1256, not in UTF-8 (check its letters): {count}",
    "frameworks": "further frameworks in the library: {count}",
    "description": "description of the framework: {count}",
    "groups": "implementation groups (which requirements each organisation has to meet): {count}",
    "outcome_rules": "rules of outcomes: {count}",
    "visibility": "rules of what is shown: {count}",
    "aggregation": "rules of how scores are put together: {count}",
    "of_scores": "'{name}' of scores: {count}",
    "of_library": "{name} of the library: {count}",
    "of_requirements": "'{name}' of requirements: {count}",
    "implementation_groups": "implementation groups of requirements: {count}",
    "threats": "threats of requirements: {count}",
    "reference_controls": "reference controls of requirements: {count}",
    "questions": "questions of requirements, with their answers (what they ask is in the guidance): {count}",
    "importance": "importance of requirements: {count}",
    "visibility_expression": "rules when a requirement is asked for: {count}",
    "parents": "parents that are not in the file (what is beneath stands at the top): {count}",
    "texts": "texts without anything to assess: {count}",
    "area_texts": "texts of areas beside their titles: {count}",
    "no_weight": "criteria without a weight (1 is written): {count}",
    "area_weights": "areas without a weight of their own (the sum of what is in them is written): {count}",
    "weights": "weight '{name}', which is no number (1 is written): {count}",
    "weights_below_zero": "weight '{name}', which is below 0 (1 is written): {count}",
    "weights_too_large": "weight '{name}', which is too large (1 is written): {count}",
    "weights_rounded": "weight '{name}', which has more than 10 decimals (it is rounded): {count}",
    "same_criterion": "criterion '{name}' stands more than once in its area (all are kept): {count}",
    "same_id": "id '{name}' is given more than once (a number is added): {count}",
    "same_area": "area '{name}', written otherwise and taken for the same: {count}",
    "area_above": "rows without an area (that of the row above is taken): {count}",
}
ARABIC = {
    "arabic": "نصوص عربية ناقصة كررت فيها لغة أخرى: {count}",
    "english": "نصوص إنجليزية ناقصة كررت فيها لغة أخرى: {count}",
    "outcomes": "التصنيفات: كتب تصنيف واحد يتحقق دائما كي تحسب النتائج؛ تكتب شروط تصنيفاتكم",
    "scale_of_table": "المقياس غير مذكور (كتب من 0 إلى 4): {count}",
    "scale_of_library": "المقياس غير مذكور (كتب من 0 إلى 100 كما في الأطر التي لا تذكره): {count}",
    "empty_areas": "مجالات بلا معايير: {count}",
    "rows": "صفوف بلا معيار: {count}",
    "above": "صفوف فوق أسماء الأعمدة: {count}",
    "column": "العمود «{name}»: {count}",
    "sheet": "الورقة «{name}»: {count}",
    "windows": "نص بترميز {windows} لا {utf} (تراجع حروفه): {count}",
    "frameworks": "أطر أخرى في المكتبة: {count}",
    "description": "وصف الإطار: {count}",
    "groups": "مجموعات التطبيق (ما يجب على كل جهة من المتطلبات): {count}",
    "outcome_rules": "قواعد النتائج: {count}",
    "visibility": "قواعد ما يعرض: {count}",
    "aggregation": "قواعد تجميع الدرجات: {count}",
    "of_scores": "«{name}» في الدرجات: {count}",
    "of_library": "«{name}» في المكتبة: {count}",
    "of_requirements": "«{name}» في المتطلبات: {count}",
    "implementation_groups": "مجموعات التطبيق في المتطلبات: {count}",
    "threats": "التهديدات في المتطلبات: {count}",
    "reference_controls": "الضوابط المرجعية في المتطلبات: {count}",
    "questions": "أسئلة المتطلبات وإجاباتها (نص السؤال في الإرشادات): {count}",
    "importance": "أهمية المتطلبات: {count}",
    "visibility_expression": "قواعد ظهور المتطلب: {count}",
    "parents": "أصول ليست في الملف (وضع ما تحتها في الأعلى): {count}",
    "texts": "نصوص ليس تحتها ما يقيم: {count}",
    "area_texts": "نصوص المجالات غير عناوينها: {count}",
    "no_weight": "معايير بلا وزن (كتب 1): {count}",
    "area_weights": "مجالات بلا وزن خاص بها (كتب مجموع أوزان ما فيها): {count}",
    "weights": "الوزن «{name}» ليس رقما (كتب 1): {count}",
    "weights_below_zero": "الوزن «{name}» أقل من الصفر (كتب 1): {count}",
    "weights_too_large": "الوزن «{name}» أكبر من اللازم (كتب 1): {count}",
    "weights_rounded": "في الوزن «{name}» أكثر من 10 خانات عشرية (قرب): {count}",
    "same_criterion": "المعيار «{name}» مكرر في مجاله (أبقيت كلها): {count}",
    "same_id": "الرمز «{name}» مكرر (أضيف إليه رقم): {count}",
    "same_area": "المجال «{name}» مكتوب بصورة أخرى وعد المجال نفسه: {count}",
    "area_above": "صفوف بلا مجال (أخذ مجال الصف الذي فوقها): {count}",
}
PLACES = {
    "en": {
        "row": "{sentence} (rows: {lines})",
        "line": "{sentence} (lines: {lines})",
        ",": ", ",
        "...": " ...",
        "number": "{}",
    },
    "ar": {
        "row": "{sentence} (الصفوف: {lines})",
        "line": "{sentence} (الأسطر: {lines})",
        ",": "، ",
        "...": " ...",
        "number": "\u2066{}\u2069",
    },
}
PLACES_NAMED = 12
_LITERALS = {"windows": "Windows-1256", "utf": "UTF-8"}


class Loss(NamedTuple):
    """One kind of thing that was lost: `code` is a key of ENGLISH, `name` what the source calls it."""

    code: str
    name: str = ""


@dataclass
class Losses:
    """How much of each kind was lost, and in which rows of a table or lines of a library, where that helps."""

    unit: Literal["row", "line"] = "row"
    counts: Counter[Loss] = field(default_factory=Counter)
    lines: dict[Loss, list[int]] = field(default_factory=dict)

    def add(self, loss: Loss, count: int = 1, *, line: int | None = None) -> None:
        self.counts[loss] += count
        if line is not None:
            self.lines.setdefault(loss, []).append(line)

    def take(self, other: Losses) -> None:
        self.counts.update(other.counts)
        for loss, lines in other.lines.items():
            self.lines.setdefault(loss, []).extend(lines)

    def notes(self) -> list[Note]:
        found = (
            Note(loss, count, tuple(self.lines.get(loss, ())), self.unit)
            for loss, count in self.counts.items()
            if count
        )
        return sorted(found, key=str)


class Note(NamedTuple):
    """So many of one kind, and in which rows or lines."""

    loss: Loss
    number: int
    lines: tuple[int, ...] = ()
    unit: Literal["row", "line"] = "row"

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: str) -> str:
        """One line, in Arabic or in English."""
        english = language.startswith("en")
        values = {**_LITERALS, "name": self.loss.name, "count": str(self.number)}
        shown = values if english else {name: f"\u2068{each}\u2069" for name, each in values.items()}
        sentence = (ENGLISH if english else ARABIC)[self.loss.code].format(**shown)
        return self._with_places(sentence, PLACES["en" if english else "ar"])

    def _with_places(self, sentence: str, words: dict[str, str]) -> str:
        if not self.lines:
            return sentence
        shown = [words["number"].format(each) for each in self.lines[:PLACES_NAMED]]
        lines = words[","].join(shown) + (words["..."] if len(self.lines) > PLACES_NAMED else "")
        return words[self.unit].format(sentence=sentence, lines=lines)

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.loss.code,
            "name": self.loss.name or None,
            "count": self.number,
            f"{self.unit}s": list(self.lines),
        }
