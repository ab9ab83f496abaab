"""What a reviewer or coordinator asks the organisation. What was asked and answered in words lies beside the
events whose numbers these rows bear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accreditation_engine.dossiers.models import Dossier, Evidence


class Question(models.Model):
    """Open until it is answered or withdrawn. `rubric` and `criterion` are "" where it is about the whole dossier;
    it is to be answered by the end of `due_on`. `follows` is the question that it goes on asking."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="questions")
    rubric = models.CharField(max_length=60, blank=True)
    criterion = models.CharField(max_length=60, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    seq = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    answered_seq = models.PositiveIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    withdrawn_seq = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="one_question_an_event"),
            models.CheckConstraint(
                condition=Q(answered_seq=None) | Q(withdrawn_seq=None), name="question_ends_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.seq}"

    @property
    def is_open(self) -> bool:
        return self.answered_seq is None and self.withdrawn_seq is None


class QuestionFile(models.Model):
    """A file in evidence that came with the answer to a question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="files")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "evidence"], name="one_file_an_answer")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.evidence_id}"
