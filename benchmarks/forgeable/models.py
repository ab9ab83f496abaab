"""One file of an organisation for each rival, as its documentation has it written."""

from __future__ import annotations

import pghistory
from auditlog.registry import auditlog
from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition
from django_fsm_log.decorators import fsm_log_by, fsm_log_description
from simple_history.models import HistoricalRecords

from accreditation_engine.organisations.models import User

STATES = ("draft", "screening", "in_review", "deciding", "certified")


class File(models.Model):
    """`evidence` is the SHA-256 of what lies in `stored`; `rating` what a reviewer gave."""

    state = models.CharField(max_length=20, default=STATES[0])
    evidence = models.CharField(max_length=64, default="e" * 64)
    stored = models.CharField(max_length=200, blank=True)
    rating = models.CharField(max_length=20, default="3")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.state


class Audited(File):
    pass


auditlog.register(Audited)


class Historied(File):
    history = HistoricalRecords()


class Logged(FSMModelMixin, File):
    state = FSMField(default=STATES[0], protected=True)

    @fsm_log_by
    @fsm_log_description
    @transition(field=state, source="draft", target="screening")
    def to_screening(self, by: User | None = None, description: str = "") -> None:
        pass

    @fsm_log_by
    @fsm_log_description
    @transition(field=state, source="screening", target="in_review")
    def to_in_review(self, by: User | None = None, description: str = "") -> None:
        pass

    @fsm_log_by
    @fsm_log_description
    @transition(field=state, source="in_review", target="deciding")
    def to_deciding(self, by: User | None = None, description: str = "") -> None:
        pass

    @fsm_log_by
    @fsm_log_description
    @transition(field=state, source="deciding", target="certified")
    def to_certified(self, by: User | None = None, description: str = "") -> None:
        pass


@pghistory.track(append_only=True)
class Tracked(File):
    """With the triggers by which pghistory refuses to change its events."""
