"""Days and hours inside a sentence of a letter."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language

from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader


def said_day(moment: datetime) -> str:
    """The day; with the hour where that is not the end of the day: 4 January 2026, 12:30."""
    local = localtime(moment)
    if (local.hour, local.minute) == (23, 59):
        return day_in_words(local)
    comma = "،" if (get_language() or "").startswith("ar") else ","
    return in_digits_of_reader(date_format(local, f"j F Y{comma} H:i"))
