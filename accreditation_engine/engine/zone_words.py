"""Time zones in words: the site's own, of which every clock time is that says no other, and others."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext as _


def zone_in_words() -> str:
    """Such as "Cairo time"."""
    return zone_called(get_current_timezone_name())


def zone_called(name: str) -> str:
    """The zone of that IANA name in words; one that has none here bears its international name."""
    return _("Cairo time") if name == "Africa/Cairo" else _("time of %(zone)s") % {"zone": name}


def offset_of(moment: datetime) -> str:
    """How far the site's clocks are from universal time at `moment`, such as UTC+02:00."""
    return f"UTC{localtime(moment).isoformat()[-6:]}"
