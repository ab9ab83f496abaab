"""The governorates of Egypt, as they are called in Arabic and in English."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from accreditation_engine.definitions.plain_names import plain_name

EGYPT = "EG"
GOVERNORATES = (
    ("القاهرة", "Cairo"),
    ("الجيزة", "Giza"),
    ("القليوبية", "Qalyubia"),
    ("الإسكندرية", "Alexandria"),
    ("البحيرة", "Beheira"),
    ("مطروح", "Matrouh"),
    ("كفر الشيخ", "Kafr El Sheikh"),
    ("الدقهلية", "Dakahlia"),
    ("دمياط", "Damietta"),
    ("الغربية", "Gharbia"),
    ("المنوفية", "Monufia"),
    ("الشرقية", "Sharqia"),
    ("بورسعيد", "Port Said"),
    ("الإسماعيلية", "Ismailia"),
    ("السويس", "Suez"),
    ("شمال سيناء", "North Sinai"),
    ("جنوب سيناء", "South Sinai"),
    ("الفيوم", "Fayoum"),
    ("بني سويف", "Beni Suef"),
    ("المنيا", "Minya"),
    ("أسيوط", "Assiut"),
    ("سوهاج", "Sohag"),
    ("قنا", "Qena"),
    ("الأقصر", "Luxor"),
    ("أسوان", "Aswan"),
    ("البحر الأحمر", "Red Sea"),
    ("الوادي الجديد", "New Valley"),
)
OTHERWISE = {
    "Matruh": "Matrouh",
    "Menoufia": "Monufia",
    "Behera": "Beheira",
    "Faiyum": "Fayoum",
    "Asyut": "Assiut",
    "Minia": "Minya",
    "Kafr El-Sheikh": "Kafr El Sheikh",
    "Kafr Elsheikh": "Kafr El Sheikh",
    "Qaliubiya": "Qalyubia",
    "Qalubia": "Qalyubia",
    "Sharkia": "Sharqia",
    "Daqahlia": "Dakahlia",
}
"""Other ways to write the English names."""
BEFORE_A_NAME = ("محافظه ", "governorate of ", "el ", "al ", "ال")
AFTER_A_NAME = (" governorate",)
ALIKE = 0.7


def governorates(language: str) -> list[str]:
    """Their names in "ar" or "en", in the order of that language."""
    names = (english if language.startswith("en") else arabic for arabic, english in GOVERNORATES)
    return sorted(names, key=_bare)


def governorate_typed(typed: str) -> str | None:
    """The governorate that was typed, as it is called in the language in which it was typed; with or without the
    article, and however its letters were written. None for no governorate of Egypt."""
    return _called().get(_bare(typed))


def governorate_in(name: str, language: str) -> str:
    """What the governorate of that `name` is called in "ar" or "en"; the name itself where it is none of Egypt."""
    called = governorate_typed(name)
    pair = next((pair for pair in GOVERNORATES if called in pair), (name, name))
    return pair[1] if language.startswith("en") else pair[0]


def governorate_alike(typed: str) -> str:
    """The one whose name is written most like it; "" where none is."""
    near = get_close_matches(_bare(typed), _called(), n=1, cutoff=ALIKE)
    return _called()[near[0]] if near else ""


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    names = {_bare(name): name for pair in GOVERNORATES for name in pair}
    return names | {_bare(other): name for other, name in OTHERWISE.items()}


def _bare(name: str) -> str:
    bare = plain_name(name).replace("-", " ")
    for each in BEFORE_A_NAME:
        bare = bare.removeprefix(each)
    for each in AFTER_A_NAME:
        bare = bare.removesuffix(each)
    return bare.replace(" ", "")
