"""Dossiers, and what an organisation puts into them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.models import Organisation

from .lots import new_lot
from .scope import LONGEST, Scope


class Dossier(Subject):
    """One organisation's accreditation file under one scheme. `lot` is a random number, of which every reviewer's
    queue makes an order of its own. Where it `renews` what an earlier file came to, that file is named. The scope
    is what the organisation asks its certificate to cover."""

    number = models.CharField(max_length=40, unique=True)
    scheme = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    opened_at = models.DateTimeField(auto_now_add=True)
    code_accepted_at = models.DateTimeField(null=True)
    lot = models.BigIntegerField(default=new_lot, editable=False)
    renews = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="renewed_by", editable=False
    )
    scope_ar = models.CharField(max_length=LONGEST, default="", db_default="")
    scope_en = models.CharField(max_length=LONGEST, default="", db_default="")

    class Meta(Subject.Meta):
        indexes = [
            *Subject.Meta.indexes,
            models.Index(fields=["scheme", "state"], name="dossier_scheme_state"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_ar, self.scope_en)

    def opening(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "organisation": str(self.organisation_id),
            "lot": self.lot,
            "renews": str(self.renews_id) if self.renews_id else None,
        }


class OfDossier(Subject):
    """What moves by itself and hangs on a `dossier`, whose scheme and organisation are its own."""

    scheme_path = "dossier__scheme"
    organisation_path = "dossier__organisation"
    dossier_path = "dossier"

    dossier: Any

    class Meta(Subject.Meta):
        abstract = True

    @property
    def scheme(self) -> str:
        return str(self.dossier.scheme)

    @property
    def organisation_id(self) -> Any:
        return self.dossier.organisation_id


class Answer(models.Model):
    """The organisation's own answer to one criterion: a rating as text ("3", "not_applicable", "" while it is
    open) and a narrative. Events hold the narrative's digest with `narrative_salt`, "" before they did. One
    that is `carried` came from the file that this one renews, and nobody has looked at it since."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="answers")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    rating = models.CharField(max_length=24, blank=True)
    narrative = models.TextField(blank=True)
    narrative_salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    narrative_erased_at = models.DateTimeField(null=True, editable=False)
    carried = models.BooleanField(default=False, db_default=False, editable=False)
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rubric", "criterion"], name="one_answer_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.criterion}"


class Evidence(models.Model):
    """A file that supports an answer, known by the SHA-256 of its content. Taken back, it stays on record.

    The event holds the digest of the name with `name_salt`, "" before it did. What reviewers saw on a visit, on
    the day `seen_on`, bears the number of the event that planned that `visit`; what the organisation filed has
    neither."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="evidence")
    rubric = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    name_salt = models.CharField(max_length=32, blank=True, default="", editable=False)
    name_erased_at = models.DateTimeField(null=True, editable=False)
    file = models.FileField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    filed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    visit = models.PositiveIntegerField(null=True)
    seen_on = models.DateField(null=True)
    content_erased_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["dossier", "rubric", "criterion"], name="evidence_criterion")]

    def __str__(self) -> str:
        return self.name
