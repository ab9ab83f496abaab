"""When somebody was here before: a visit is over an hour after they last looked at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.models import Visit

OVER = timedelta(hours=1)
WRITTEN_EVERY = timedelta(minutes=10)
"""Within a visit, looking at home writes no more often."""


@dataclass(frozen=True)
class Since:
    """`moment` is the end of the visit before this one, None in the first; `news` whether letters were written
    since."""

    moment: datetime | None
    news: bool


def since_last_visit(person: User) -> Since:
    """One query, and now and then a second that writes."""
    now = timezone.now()
    found = (
        Visit.objects.filter(pk=person.pk)
        .annotate(after_before=_letters_after("before"), after_last=_letters_after("last"))
        .first()
    )
    if found is None:
        Visit.objects.bulk_create([Visit(person=person, last=now)], ignore_conflicts=True)
        return Since(None, news=False)
    if now - found.last > OVER:
        Visit.objects.filter(pk=person.pk, last=found.last).update(before=found.last, last=now)
        return Since(found.last, news=found.after_last)
    if now - found.last > WRITTEN_EVERY:
        Visit.objects.filter(pk=person.pk, last=found.last).update(last=now)
    return Since(found.before, news=found.before is not None and found.after_before)


def last_visit(person: User) -> datetime | None:
    """The same moment, for a page that is read within the visit."""
    return Visit.objects.filter(pk=person.pk).values_list("before", flat=True).first()


def _letters_after(moment: str) -> Exists:
    letters = Letter.objects.filter(person=OuterRef("pk"), dropped_at=None)
    return Exists(letters.filter(written_at__gt=OuterRef(moment)))
