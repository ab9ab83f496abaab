"""The samples that an auditor has drawn, by the number of the event of each."""

from __future__ import annotations

from django.db.models import QuerySet

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.audit_samples import AUDIT_SAMPLE_DRAWN
from accreditation_engine.trail.models import Event


def draws_of(person: User) -> QuerySet[Event]:
    return Event.objects.filter(stream=person.pk, kind=AUDIT_SAMPLE_DRAWN)


def numbers_drawn(person: User, typed: str) -> list[str]:
    """The numbers of the files in the order in which they were drawn; none where nothing was drawn then."""
    number = whole_number(typed)
    event = None if number is None else draws_of(person).filter(seq=number).first()
    return list(event.data["drawn"]) if event else []
