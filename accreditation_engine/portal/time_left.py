"""How long there is until something is due, and how long something has stood, in words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated


def time_left(due: datetime) -> str:
    """Until the moment at which a review is due, in whole days of the site's calendar. One that was due earlier
    today is overdue already."""
    now = timezone.now()
    days = (timezone.localdate(due) - timezone.localdate(now)).days
    if due < now:
        return _overdue(-days)
    if not days:
        return _("due today")
    return ngettext("due in %(count)d day", "due in %(count)d days", days) % isolated({"count": days})


def _overdue(days: int) -> str:
    if not days:
        return _("overdue since today")
    return ngettext("overdue for %(count)d day", "overdue for %(count)d days", days) % isolated(
        {"count": days}
    )


def days_since(moment: datetime) -> str:
    """In whole days of the site's calendar."""
    days = (timezone.localdate() - timezone.localdate(moment)).days
    if not days:
        return _("less than a day")
    return ngettext("%(count)d day", "%(count)d days", days) % isolated({"count": days})


def days_left(last: date, today: date) -> str:
    """Until the end of the last day for something."""
    days = (last - today).days
    if days < 0:
        return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}
    if not days:
        return _("today is the last day")
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
