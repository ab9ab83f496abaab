"""Digits are Western in both languages; with `ARABIC_DIGITS = "arabic-indic"` Arabic pages have their own."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def in_digits_of_reader(text: str) -> str:
    """`text` with the digits that this installation shows in the reader's language."""
    wanted = getattr(settings, "ARABIC_DIGITS", "western") == "arabic-indic"
    arabic = (get_language() or "").startswith("ar")
    return text.translate(_ARABIC_INDIC) if wanted and arabic else text
