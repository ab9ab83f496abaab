"""How long there is until a review is due."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated


def time_left(due: datetime) -> str:
    """In whole days of the site's calendar. A review that was due earlier today is overdue already."""
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
