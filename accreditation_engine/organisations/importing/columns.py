"""What the columns of a table of organisations are called, in Arabic and in English."""

from __future__ import annotations

from collections.abc import Sequence

from accreditation_engine.definitions.plain_names import plain_name

NUMBER, COUNTRY = "registration_number", "country"
CALLED = {
    NUMBER: (
        "registration number",
        "registration no",
        "number",
        "رقم القيد",
        "رقم التسجيل",
        "رقم الإشهار",
        "رقم الشهر",
        "الرقم",
    ),
    "name_ar": (
        "name in arabic",
        "arabic name",
        "name ar",
        "الاسم بالعربية",
        "الاسم العربي",
        "الاسم باللغة العربية",
        "اسم المنظمة",
        "اسم الجمعية",
        "اسم المؤسسة",
        "الاسم",
    ),
    "name_en": (
        "name in english",
        "english name",
        "name en",
        "name",
        "organisation",
        "organization",
        "الاسم بالإنجليزية",
        "الاسم الإنجليزي",
        "الاسم باللغة الإنجليزية",
    ),
    COUNTRY: ("country", "الدولة", "البلد"),
    "governorate": ("governorate", "المحافظة"),
    "sector": ("field of work", "sector", "field", "مجال العمل", "المجال", "القطاع"),
    "language": ("language of its files", "language", "لغة الملفات", "لغة ملفاتها", "اللغة"),
}
"""By field, the names of its column; the first of each language stands in the template."""
NEEDED = (NUMBER,)
NAMES = ("name_ar", "name_en")
_FIELDS = {plain_name(name): field for field, names in CALLED.items() for name in names}


def columns_of(cells: Sequence[str]) -> list[str] | None:
    """The field of each cell, "" for one that is unknown or named a second time. None where the row does not name
    the number and a name."""
    found: list[str] = []
    for each in cells:
        field = field_named(each)
        found.append("" if field in found else field)
    fits = NUMBER in found and any(each in found for each in NAMES)
    return found if fits else None


def field_named(cell: str) -> str:
    """ "" for no column that is known."""
    return _FIELDS.get(_plain(cell), "")


def _plain(cell: str) -> str:
    """Without what is often put behind the name of a column: a star, a colon, something in brackets."""
    return plain_name(cell.partition("(")[0].replace("-", " ").strip(" *:.؛"))


def header(language: str) -> list[str]:
    """The names of the columns in "ar" or "en", as the template has them."""
    return [next(each for each in names if each.isascii() is (language == "en")) for names in CALLED.values()]
