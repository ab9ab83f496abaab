"""Numbers as Arabic and Persian write them, in the digits that Python reads."""

from __future__ import annotations

WESTERN = {
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    "٫": ".",
}
"""Each digit, and the decimal sign."""
_TABLE = str.maketrans(WESTERN)


def western(text: str) -> str:
    return text.translate(_TABLE)
