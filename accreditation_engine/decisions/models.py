"""Ballots of a panel, and how each member voted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accreditation_engine.dossiers.models import Dossier


class Ballot(models.Model):
    """One round of voting on a dossier. Opening the next one closes it; its votes stay."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="ballots")
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="one_ballot_a_number")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Vote(models.Model):
    """What one member chose. It is cast once; the reason lies with the event `seq` of the dossier's trail."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.choice}"
