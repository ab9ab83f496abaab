"""A reviewer in a table: what they have to do, when they are away, and what stands against them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.reviews.allocation.models import ReviewerProfile
from accreditation_engine.reviews.allocation.pool import Candidate
from accreditation_engine.reviews.allocation.words import against_in_words

Row = dict[str, Any]


def candidate_row(candidate: Candidate) -> Row:
    """Those in the draw, and those who are not, with every reason."""
    last = candidate.last
    return {
        **person_row(candidate.person, candidate.profile, candidate.load, candidate.leave),
        "fit": candidate.fit,
        "email": candidate.person.email if candidate.askable else "",
        "against": [against_in_words(each) for each in candidate.against],
        "last": timezone.localdate(last) if isinstance(last, datetime) else None,
    }


def person_row(person: User, profile: ReviewerProfile, load: int, leave: tuple[date, date] | None) -> Row:
    return {
        "pk": person.pk,
        "name": str(person),
        "senior": profile.senior,
        "load": load_in_words(load, profile.most),
        "leave": leave_in_words(leave) if leave else "",
        "url": reverse("reviewer", args=[person.pk]),
    }


def load_in_words(load: int, most: int | None) -> str:
    """A number alone where there is no limit."""
    if most is None:
        return str(load)
    return _("%(load)s of at most %(most)s") % isolated({"load": str(load), "most": str(most)})


def leave_in_words(leave: tuple[date, date]) -> str:
    first, last = leave
    if first == last:
        return day_in_words(first)
    days = {"first": day_in_words(first), "last": day_in_words(last)}
    return _("%(first)s to %(last)s") % isolated(days)
