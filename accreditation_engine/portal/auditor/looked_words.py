"""What an auditor can have looked at, from codes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation_engine.engine.isolates import isolated

PAGES = {
    "search": gettext_lazy("Searched the events"),
    "event": gettext_lazy("Opened an event"),
    "comparison": gettext_lazy("Compared two events"),
    "trail": gettext_lazy("Read the trail of a file"),
    "export": gettext_lazy("Took events away in a file"),
    "verification": gettext_lazy("Verified the trail of a file"),
    "sample": gettext_lazy("Opened a sample for audit"),
}


def looked_at(page: str) -> str:
    return str(PAGES[page]) if page in PAGES else _("Opened a page (%(page)s)") % isolated({"page": page})
