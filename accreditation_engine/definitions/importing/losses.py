"""What an import could not carry over, or left to be written. A code with a count: words come later."""

from __future__ import annotations

from typing import NamedTuple

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
    "weights": "weights that are no number from 0 up (1 is written): {count}",
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
    "weights": "أوزان ليست أرقاما من 0 فأكثر (كتب 1): {count}",
}
_LITERALS = {"windows": "Windows-1256", "utf": "UTF-8"}


class Loss(NamedTuple):
    """One kind of thing that was lost: `code` is a key of ENGLISH, `name` what the source calls it."""

    code: str
    name: str = ""


class Note(NamedTuple):
    """So many of one kind."""

    loss: Loss
    number: int

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: str) -> str:
        """One line, in Arabic or in English."""
        english = language.startswith("en")
        values = {**_LITERALS, "name": self.loss.name, "count": str(self.number)}
        shown = values if english else {name: f"\u2068{each}\u2069" for name, each in values.items()}
        return (ENGLISH if english else ARABIC)[self.loss.code].format(**shown)
