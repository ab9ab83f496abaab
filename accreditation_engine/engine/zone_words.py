"""The site's own time zone in words. Every clock time that is shown is of it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import gettext as _


def zone_in_words() -> str:
    """Such as "Cairo time"; a zone that has no words here bears its international name."""
    name = get_current_timezone_name()
    return _("Cairo time") if name == "Africa/Cairo" else _("time of %(zone)s") % {"zone": name}


def offset_of(moment: datetime) -> str:
    """How far the site's clocks are from universal time at `moment`, such as UTC+02:00."""
    return f"UTC{localtime(moment).isoformat()[-6:]}"
