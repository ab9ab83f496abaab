"""What home says of the queue to somebody who reviews."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.queue.waiting import offered_to


def pointer(person: User) -> dict[str, Any] | None:
    """How many files the person may take, and where; None for whoever reviews nothing. Two queries."""
    if "reviewer" not in parts_of(person):
        return None
    count = offered_to(person).count()
    words = ngettext(
        "%(count)d file waits for a reviewer, and you may take it.",
        "%(count)d files wait for a reviewer, and you may take one.",
        count,
    )
    waiting = words % isolated({"count": count}) if count else _("No file waits for a reviewer.")
    return {"sentence": waiting, "url": reverse("queue"), "waiting": bool(count)}
