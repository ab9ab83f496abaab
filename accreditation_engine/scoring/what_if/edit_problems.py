"""Why a change of a rubric cannot be made. A code with its values; words come later."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

ENGLISH = {
    "no_edit": "'{text}' is no edit; write NAME=NUMBER, as integrity=15",
    "twice": "'{name}' is given twice: {first} and {second}; keep one of them",
    "no_number": "'{text}' is not a number; write for example 15 or 0.5",
    "negative": "'{name}' cannot weigh {number}; write 0 or more",
    "not_whole": "'{name}' counts criteria; write a whole number, not {number}",
    "no_threshold": "there is no threshold '{name}'; {instead}",
    "which_threshold": "there is no threshold '{name}'; write one of: {names}",
    "no_part": "there is no area or criterion '{name}'; {instead}",
}
ARABIC = {
    "no_edit": "«{text}» ليس تعديلا؛ يكتب الاسم ثم الرقم، مثل {example}",
    "twice": "{name} مذكور مرتين: {first} و{second}؛ يبقى واحد منهما",
    "no_number": "«{text}» ليس رقما؛ يكتب مثلا {numbers}",
    "negative": "لا يكون الوزن النسبي لـ{name} هو {number}؛ يكتب 0 أو أكثر",
    "not_whole": "الحد {name} عدد معايير؛ يكتب عدد صحيح لا {number}",
    "no_threshold": "لا يوجد حد أدنى باسم {name}؛ {instead}",
    "which_threshold": "لا يوجد حد أدنى باسم {name}؛ المتاح: {names}",
    "no_part": "لا يوجد مجال أو معيار باسم {name}؛ {instead}",
}
INSTEAD = {
    "en": ("did you mean '{near}'?", "known here: {names}", ", "),
    "ar": ("لعل المقصود {near}", "المتاح: {names}", "، "),
}
_LITERALS = {"example": "integrity=15", "numbers": "15 / 0.5"}


class EditError(ValueError):
    """A change that cannot be made. `code` is a key of ENGLISH; `known` are the names that there are."""

    def __init__(self, code: str, *, known: Iterable[str] = (), **values: str) -> None:
        self.code, self.values, self.known = code, values, tuple(known)
        super().__init__(self.in_words("en"))

    def in_words(self, language: str) -> str:
        """One line that names the remedy, in Arabic or in English."""
        english = language.startswith("en")
        near, all_of, comma = INSTEAD["en" if english else "ar"]
        values = {name: _shown(each, english) for name, each in {**_LITERALS, **self.values}.items()}
        names = comma.join(_shown(each, english) for each in sorted(self.known))
        closest = get_close_matches(self.values.get("name", ""), self.known, n=1, cutoff=0.6)
        instead = near.format(near=_shown(closest[0], english)) if closest else all_of.format(names=names)
        return (ENGLISH if english else ARABIC)[self.code].format(**values, names=names, instead=instead)


def _shown(text: str, english: bool) -> str:
    return text if english else f"\u2068{text}\u2069"
