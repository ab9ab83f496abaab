"""What people declare about a dossier before they judge it, and what becomes of it. What was said in words lies
beside the events whose numbers these rows bear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier


class Declaration(models.Model):
    """Somebody has declared to have no interest in a dossier: a reviewer for one assignment, whoever decides for
    their role."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="declarations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    assignment = models.OneToOneField(
        "reviews.Assignment", null=True, on_delete=models.PROTECT, related_name="declaration"
    )
    seq = models.PositiveIntegerField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person", "role"],
                condition=Q(assignment=None),
                name="one_declaration_a_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.person_id}"


class Interest(models.Model):
    """A tie between a person and the organisation of a dossier, declared by the person or by the organisation.
    It bars the person from judging that organisation. `person` is None where the organisation named somebody who
    is not known here."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="interests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="interests"
    )
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="one_interest_an_event")]
        indexes = [models.Index(fields=["person", "dossier"], name="interest_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class TieWithdrawal(models.Model):
    """Somebody takes back a tie that they declared, for it was declared by mistake: open until another person
    confirms that, and the tie bars nobody any more, or refuses it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="tie_withdrawals")
    interest = models.ForeignKey(Interest, on_delete=models.PROTECT, related_name="withdrawals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_seq = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["interest"],
                condition=Q(answered_at=None) | Q(confirmed=True),
                name="one_withdrawal_of_a_tie",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("person")),
                name="withdrawal_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interest_id} {self.person_id}"


class Objection(models.Model):
    """The organisation objects to a reviewer, once. Open until it is upheld or rejected."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="objections")
    assignment = models.ForeignKey("reviews.Assignment", on_delete=models.PROTECT, related_name="objections")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    answered_seq = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "reviewer"], name="one_objection_a_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.reviewer_id}"


class Override(models.Model):
    """Somebody with an interest shall judge a dossier all the same: proposed by one person, and allowed or not by
    another. `interests` are the codes of those that were known when it was proposed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="overrides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="overrides")
    interests = models.JSONField(default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_seq = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    allowed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "person"], condition=Q(answered_at=None), name="one_override_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("proposed_by")),
                name="override_by_two_people",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "person", "allowed"], name="override_person")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.person_id}"
