"""Reminding the organisation of a visit that comes and that it has not answered to."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accreditation_engine.engine.jobs.periodic import periodic
from accreditation_engine.organisations.letters.models import ReminderMade
from accreditation_engine.trail.rows import insert

from .letters import UNCONFIRMED, tell_organisation
from .models import Visit

VISIT = "visit"
"""Of `ReminderMade.what`."""
AHEAD = timedelta(days=3)
JUST_SET = timedelta(days=1)  # the letter that told of it is still on top
AT_ONCE = 200


@periodic("reminders of visits", every=timedelta(minutes=5))
def remind_of_visits() -> None:
    """Once a visit."""
    now = timezone.now()
    made = ReminderMade.objects.filter(about=OuterRef("dossier"), what=VISIT, entry=OuterRef("seq"))
    unanswered = Visit.objects.filter(
        ~Exists(made), confirmed_at=None, asked_seq=None, cancelled_at=None, held_at=None, closed_at=None
    )
    near = unanswered.filter(begins_at__gt=now, begins_at__lte=now + AHEAD, timed_at__lte=now - JUST_SET)
    with transaction.atomic():
        rows = list(near.order_by("pk")[:AT_ONCE])
        if not rows:
            return
        insert(
            ReminderMade,
            [
                ReminderMade(about=each.dossier_id, what=VISIT, entry=each.seq, rule=UNCONFIRMED)
                for each in rows
            ],
        )
        tell_organisation(rows)
