"""The governorates of Egypt: their codes in ISO 3166-2, and what they are called in Arabic and in English."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache

from accreditation_engine.definitions.plain_names import plain_name
from accreditation_engine.engine.reasons import Reason

EGYPT = "EG"
GOVERNORATES = {
    "EG-C": ("القاهرة", "Cairo"),
    "EG-GZ": ("الجيزة", "Giza"),
    "EG-KB": ("القليوبية", "Qalyubia"),
    "EG-ALX": ("الإسكندرية", "Alexandria"),
    "EG-BH": ("البحيرة", "Beheira"),
    "EG-MT": ("مطروح", "Matrouh"),
    "EG-KFS": ("كفر الشيخ", "Kafr El Sheikh"),
    "EG-DK": ("الدقهلية", "Dakahlia"),
    "EG-DT": ("دمياط", "Damietta"),
    "EG-GH": ("الغربية", "Gharbia"),
    "EG-MNF": ("المنوفية", "Monufia"),
    "EG-SHR": ("الشرقية", "Sharqia"),
    "EG-PTS": ("بورسعيد", "Port Said"),
    "EG-IS": ("الإسماعيلية", "Ismailia"),
    "EG-SUZ": ("السويس", "Suez"),
    "EG-SIN": ("شمال سيناء", "North Sinai"),
    "EG-JS": ("جنوب سيناء", "South Sinai"),
    "EG-FYM": ("الفيوم", "Fayoum"),
    "EG-BNS": ("بني سويف", "Beni Suef"),
    "EG-MN": ("المنيا", "Minya"),
    "EG-AST": ("أسيوط", "Assiut"),
    "EG-SHG": ("سوهاج", "Sohag"),
    "EG-KN": ("قنا", "Qena"),
    "EG-LX": ("الأقصر", "Luxor"),
    "EG-ASN": ("أسوان", "Aswan"),
    "EG-BA": ("البحر الأحمر", "Red Sea"),
    "EG-WAD": ("الوادي الجديد", "New Valley"),
}
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
    return sorted((governorate_in(code, language) for code in GOVERNORATES), key=_bare)


def governorate_typed(typed: str) -> str | None:
    """The code of the governorate that was typed, as its code or as it is called in either language; with or
    without the article, and however its letters were written. None for no governorate of Egypt."""
    return _by_name().get(_bare(typed))


def governorate_in(kept: str, language: str) -> str:
    """What the governorate that is `kept` is called in "ar" or "en"; what is no governorate of Egypt as it was
    written."""
    names = GOVERNORATES.get(governorate_typed(kept) or "")
    if names is None:
        return kept
    return names[1] if language.startswith("en") else names[0]


def governorate_alike(typed: str) -> str:
    """What the one is called whose name is written most like it; "" where none is."""
    near = get_close_matches(_bare(typed), _called(), n=1, cutoff=ALIKE)
    return _called()[near[0]] if near else ""


def no_governorate(typed: str) -> Reason | None:
    """Why what was typed is no governorate of Egypt, and which may have been meant; None where it is one."""
    if not typed or governorate_typed(typed) is not None:  # left open is no wrong one
        return None
    about = {"value": typed, "alike": governorate_alike(typed), "field": "governorate"}
    return Reason("governorate_unknown", about)


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    names = {_bare(name): name for pair in GOVERNORATES.values() for name in pair}
    return names | {_bare(other): name for other, name in OTHERWISE.items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    codes = {name: code for code, pair in GOVERNORATES.items() for name in pair}
    return {bare: codes[name] for bare, name in _called().items()} | {
        _bare(code): code for code in GOVERNORATES
    }


def _bare(name: str) -> str:
    bare = plain_name(name).replace("-", " ")
    for each in BEFORE_A_NAME:
        bare = bare.removeprefix(each)
    for each in AFTER_A_NAME:
        bare = bare.removesuffix(each)
    return bare.replace(" ", "")
