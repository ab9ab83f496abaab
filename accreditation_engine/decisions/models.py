"""Ballots of a panel, how each member voted, who stepped aside and who disagreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accreditation_engine.dossiers.models import Dossier

from .sittings.models import AgendaItem, Convened, Minute, Sitting, SittingScheme

__all__ = [
    "AgendaItem",
    "Ballot",
    "Closing",
    "Convened",
    "Dissent",
    "Minute",
    "Recusal",
    "Sitting",
    "SittingScheme",
    "Vote",
]


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


class Closing(models.Model):
    """A ballot was closed before everybody had voted, by the event `seq`. It takes no more votes, and how it was
    voted is open from then on."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="closing")
    seq = models.PositiveIntegerField()
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.seq}"


class Recusal(models.Model):
    """Somebody who would decide on a dossier has stepped aside from it, for ever; the reason lies with the event
    `seq`."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="recusals")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    recused_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "member"], name="one_recusal_a_member")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.member_id}"


class Dissent(models.Model):
    """Somebody whose vote did not carry the day has said why, in words that lie with the event `seq`."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="dissents")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="one_dissent_a_member")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.member_id}"
