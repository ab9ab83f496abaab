"""The same file of an organisation as users of the rivals would write it.

The permission is the very lookup that ours makes: a grant of the role for the scheme, in force now. The guard
is the same as well: no major finding is open.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, FSMModelMixin, transition
from django_fsm_log.decorators import fsm_log_by
from viewflow.workflow.models import Process

from accreditation_engine.organisations.models import Organisation, RoleGrant, User
from accreditation_engine.organisations.roles import in_force

SCHEME = "benchmark"


class Official(User):
    """A user as Django's permission checks want one."""

    class Meta:
        proxy = True

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Whether the role that `permission` names is granted. Reads the database at each call."""
        grants = RoleGrant.objects.filter(in_force(), user=self.pk, role=permission, user__is_active=True)
        return grants.filter(Q(scheme="") | Q(scheme=SCHEME)).exists()


class Finding(models.Model):
    severity = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default="open")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.severity


def none_open(findings: Any) -> bool:
    return not findings.filter(severity="major").exclude(state="closed").exists()


class Application(FSMModelMixin, models.Model):
    """A file moved by django-fsm-2, each transition logged by django-fsm-log."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    scheme = models.CharField(max_length=60)
    state = FSMField(default="waiting", protected=True)

    def __str__(self) -> str:
        return self.state

    def nothing_open(self) -> bool:
        return none_open(self.findings)

    @fsm_log_by
    @transition(
        field=state,
        source="waiting",
        target="moved",
        conditions=[nothing_open],
        permission=lambda application, user: user.has_perm("coordinator"),
    )
    def proceed(self, by: User | None = None) -> None:
        pass


class ApplicationFinding(Finding):
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="findings")


class ProcessFinding(Finding):
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="findings")
