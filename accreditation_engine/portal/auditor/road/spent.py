"""How long something took, as people say it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from accreditation_engine.definitions.duration_words import in_words
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.portal.dossier.reader import language

HOURS_MATTER = 10  # days
LONGEST = 9999  # days


def spent_in_words(lasted: timedelta) -> str:
    """Days, with hours as long as these matter; below a day hours and minutes; "under a minute"."""
    minutes = int(lasted.total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        rest = f"T{hours}H" if hours and days < HOURS_MATTER else ""
        duration = f"P{min(days, LONGEST)}D{rest}"
    elif minutes:
        duration = "PT" + (f"{hours}H" if hours else "") + (f"{minutes % 60}M" if minutes % 60 else "")
    else:
        return _("under a minute")
    return isolate(in_words(duration, language()))
