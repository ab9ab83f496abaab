"""Days and hours inside a sentence of a letter."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language


def said_day(moment: datetime) -> str:
    """The day; with the hour where that is not the end of the day: 4 January 2026, 12:30."""
    local = localtime(moment)
    if (local.hour, local.minute) == (23, 59):
        return date_format(local, "j F Y")
    comma = "،" if (get_language() or "").startswith("ar") else ","
    return date_format(local, f"j F Y{comma} H:i")
