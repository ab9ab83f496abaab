"""What ties a person to an organisation, as far as is known here: rows, for questions in SQL. A person and an
organisation are ids, or references to the row that is asked about."""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accreditation_engine.engine.prepared import Given
from accreditation_engine.trail.folding import Folded, folded

from .models import Engagement, Membership, Organisation, User

# ISO/IEC 17065 bars certifying one's own advice; two years is the usual reading.
COACH_BARRED_FOR = relativedelta(years=2)
_BARRED_SINCE = Given(lambda asked: timezone.localdate(asked.now) - COACH_BARRED_FOR, DateField())


def memberships(person: Any, organisation: Any) -> QuerySet[Membership]:
    """Those that hold and those that have ended."""
    return Membership.objects.filter(user=person, organisation=organisation)


def barring_engagements(person: Any, organisation: Any) -> QuerySet[Engagement]:
    """A coach's work with the organisation that goes on, or ended less than two years ago."""
    recent = Q(ended_on=None) | Q(ended_on__gt=_BARRED_SINCE)
    return Engagement.objects.filter(recent, coach=person, organisation=organisation)


def employed_beside(person: Any, organisation: Any) -> QuerySet[User]:
    """The person, where they work for the organisation itself, or beside somebody who acts for it."""
    acting = Membership.objects.filter(
        organisation=_deeper(organisation), ended_at=None, user__employer_folded=OuterRef("employer_folded")
    )
    named = Organisation.objects.filter(pk=_deeper(organisation))
    names = [Folded(name) for name in ("name_ar", "name_en")]
    same = [named.annotate(folded=name).filter(folded=OuterRef("employer_folded")) for name in names]
    beside = Q(Exists(acting.exclude(user=OuterRef("pk"))))
    for each in same:
        beside |= Q(Exists(each))
    return User.objects.exclude(employer_folded="").filter(beside, pk=person)


def _deeper(asked: Any) -> Any:
    """A reference to the row that is asked about, from one subquery further inside."""
    return OuterRef(asked) if isinstance(asked, OuterRef) else asked


def as_compared(employer: str) -> str:
    """An employer's name in the form in which two of them are compared."""
    return folded(" ".join(employer.split()))
