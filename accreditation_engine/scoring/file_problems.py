"""What can be wrong with a file of ratings. A problem is a code with its values: words come later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

PLACES = {
    "en": {
        "line": "line {line}: ",
        "column": "column {column}: ",
        "cell": "line {line}, column {column}: ",
    },
    "ar": {
        "line": "السطر {line}: ",
        "column": "العمود {column}: ",
        "cell": "السطر {line}، العمود {column}: ",
    },
}
ENGLISH = {
    "empty": "the file is empty; give a JSON object or a CSV with columns criterion,rating",
    "too_large": "the file has more than {bytes} bytes, which no set of ratings has",
    "not_utf8": "the file is not UTF-8 text; save it as UTF-8",
    "not_json": "{said}; mend the JSON here",
    "not_an_object": "give one JSON object, {{criterion: rating}}",
    "not_csv": "{said}; mend the quotes here",
    "no_columns": "start with {{ for a JSON object, or with the line 'criterion,rating' for a CSV",
    "wrong_width": "{given} values where the header has {width}",
    "no_criterion": "a rating without a criterion",
    "twice": "{name} is rated twice; keep one of the ratings",
    "empty_table": "the file is empty; give a row a unit and a column a rater",
    "large_table": "the file has more than {bytes} bytes; compare fewer units at a time",
    "no_ratings": "the file names raters and has no ratings; give a row for each unit",
    "one_column": "there is one column, so one rater; agreement takes two columns or more",
    "many_columns": "there are {count} columns; a column is a rater and a row a unit",
    "ragged": "{given} values where the first line has {width}",
    "nameless": "a rater without a name",
    "same_name": "{name} names two raters; name each, or say --no-header when this line holds ratings",
    "name_or_rating": "{name} is also a rating below; say --no-header when this line holds ratings, --header when"
    " it names the raters",
    "many_values": "the ratio level takes {count} different values at most; round them",
    "comma": "{given} is not a number; write it with a point, not a comma",
    "no_number": "{given} is not a number; leave it empty when missing; words are compared at {nominal} only",
    "words": "no value is a number ({given}); say {units} when it names the units, or {nominal} when words are"
    " compared",
    "numbers_or_ratings": "its values number the lines, but could be ratings too; say {units} when it names"
    " the units, {no_units} when it is a rater's",
    "no_such_column": "there is no column {name}; the columns are {columns}",
    "units_only": "besides the units (column {columns}) fewer than two columns are left, and agreement takes two"
    " raters; say {no_units} when those columns are raters' too",
    "below_zero": "{given} is below 0, which the ratio level does not have",
    "off_scale": "{given} is off the scale from {minimum} to {maximum}",
}
ARABIC = {
    "empty": "الملف فارغ؛ المطلوب كائن JSON أو جدول CSV بعمودين {columns}",
    "too_large": "حجم الملف أكبر من {bytes} بايت، ولا تبلغه أي درجات",
    "not_utf8": "الملف ليس نصا بترميز UTF-8؛ يحفظ بهذا الترميز",
    "not_json": "صيغة JSON غير سليمة هنا: {said}",
    "not_an_object": "المطلوب كائن JSON واحد، فيه لكل معيار درجة",
    "not_csv": "صيغة CSV غير سليمة هنا: {said}؛ تراجع علامات التنصيص",
    "no_columns": "يبدأ الملف بالقوس {brace} إن كان JSON، أو بالسطر {columns} إن كان CSV",
    "wrong_width": "عدد القيم {given} والمطلوب بعدد الأعمدة {width}",
    "no_criterion": "درجة بلا معيار",
    "twice": "المعيار {name} له درجتان؛ تبقى واحدة منهما",
    "empty_table": "الملف فارغ؛ المطلوب سطر لكل وحدة وعمود لكل مراجع",
    "large_table": "حجم الملف أكبر من {bytes} بايت؛ يقارن عدد أقل من الوحدات",
    "no_ratings": "في الملف أسماء المراجعين بلا درجات؛ المطلوب سطر لكل وحدة",
    "one_column": "في الملف عمود واحد، أي مراجع واحد؛ يتطلب قياس الاتساق عمودين على الأقل",
    "many_columns": "عدد الأعمدة {count}؛ العمود مراجع والسطر وحدة",
    "ragged": "عدد القيم {given} وفي السطر الأول {width}",
    "nameless": "مراجع بلا اسم",
    "same_name": "الاسم {name} لمراجعين اثنين؛ يسمى كل منهما باسمه، أو يضاف {no_header} إن كان السطر درجات",
    "name_or_rating": "القيمة {name} واردة أدناه بوصفها درجة؛ يضاف {no_header} إن كان السطر درجات، أو {header}"
    " إن كان أسماء المراجعين",
    "many_values": "أقصى عدد للقيم المختلفة في المستوى النسبي {count}؛ تقرب القيم",
    "comma": "القيمة {given} ليست رقما؛ تكتب الكسور بنقطة لا بفاصلة",
    "no_number": "القيمة {given} ليست رقما؛ تترك الخانة فارغة إن لم توجد درجة، ولا تقارن الكلمات إلا مع {nominal}",
    "words": "ليس في العمود أي رقم ({given})؛ يضاف {units} إن كان يسمي الوحدات، أو {nominal} إن كانت الكلمات هي ما"
    " يقارن",
    "numbers_or_ratings": "قيم العمود ترقم الأسطر، وقد تكون درجات أيضا؛ يضاف {units} إن كان يسمي الوحدات، أو"
    " {no_units} إن كان درجات مراجع",
    "no_such_column": "لا يوجد عمود {name}؛ الأعمدة هي {columns}",
    "units_only": "لا يبقى بعد أعمدة الوحدات ({columns}) عمودان، ويتطلب قياس الاتساق مراجعين اثنين؛ يضاف"
    " {no_units} إن كانت تلك الأعمدة درجات مراجعين أيضا",
    "below_zero": "القيمة {given} أقل من 0، ولا يقبلها المستوى النسبي",
    "off_scale": "القيمة {given} خارج المقياس من {minimum} إلى {maximum}",
}
_LITERALS = {
    "columns": "criterion,rating",
    "brace": "{",
    "header": "--header",
    "no_header": "--no-header",
    "nominal": "--level nominal",
    "no_units": "--no-units",
}
"""What is typed as it stands, which Arabic sentences isolate."""


@dataclass(frozen=True)
class FileProblem:
    """`code` is a key of ENGLISH, `parameters` holds its values as text. `line` and `column` count from 1; `rater`
    is whose column it is, where raters are named."""

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    column: int | None = None
    rater: str = ""

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: str) -> str:
        """One line: the place, what is wrong and the remedy, in Arabic or in English."""
        english = language.startswith("en")
        sentences, mark = (ENGLISH, _as_is) if english else (ARABIC, _isolated)
        values = {name: mark(value) for name, value in {**_LITERALS, **self.parameters}.items()}
        return self._place("en" if english else "ar", mark) + sentences[self.code].format(**values)

    def _place(self, language: str, mark: Callable[[str], str]) -> str:
        if self.line is None and self.column is None:
            return ""
        column = mark(str(self.column)) + (f" ({mark(self.rater)})" if self.rater else "")
        kind = "line" if self.column is None else "column" if self.line is None else "cell"
        return PLACES[language][kind].format(line=mark(str(self.line)), column=column)


class RatingsFileError(ValueError):
    """A file that holds no ratings, or some that cannot be read: everything that is wrong is in `problems`."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(each) for each in self.problems))


def refused(code: str, *, line: int | None = None, **parameters: object) -> RatingsFileError:
    """A file that is refused for one reason."""
    return RatingsFileError([FileProblem(code, {name: str(each) for name, each in parameters.items()}, line)])


def _as_is(text: str) -> str:
    return text


def _isolated(text: str) -> str:
    return f"\u2068{text}\u2069"
