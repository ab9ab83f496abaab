"""The latest ballot of a dossier, said in SQL: it alone counts."""

from __future__ import annotations

from django.db.models import Exists, IntegerField, OuterRef, Subquery

from .models import Ballot


def of_an_earlier_ballot() -> Exists:
    """Of votes and closings: whether a later ballot of the dossier than theirs was opened."""
    later = Ballot.objects.filter(dossier=OuterRef("ballot__dossier"), number__gt=OuterRef("ballot__number"))
    return Exists(later)


def latest_number() -> Subquery:
    """Of a dossier, which is the query around; NULL where none was ever opened."""
    ballots = Ballot.objects.filter(dossier=OuterRef("pk")).order_by("-number")
    return Subquery(ballots.values("number")[:1], output_field=IntegerField())
