"""How far a reviewer has come, in SQL."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment, Rating


def rated_by(reviewer: User) -> Coalesce:
    """Of a dossier: how many criteria the reviewer has rated in the review that is theirs."""
    own = {
        "assignment__dossier": OuterRef("pk"),
        "assignment__reviewer": reviewer,
        "assignment__released_at": None,
    }
    given = Rating.objects.filter(**own).exclude(value="").order_by()
    counted = given.values("assignment__dossier").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def had_so_far(reviewer: User) -> int:
    """How many reviews the reviewer was ever asked for or took: whatever they take makes it one more."""
    return Assignment.objects.filter(reviewer=reviewer).count()
