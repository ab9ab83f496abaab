"""Nobody watches over a file to which they are a party: whoever acts for its organisation or coached it, reviews
it or decides on it is not its auditor, its methodologist or its coordinator as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.roles import coached, granted
from accreditation_engine.reviews.interests.ties import acted_for
from accreditation_engine.reviews.models import Assignment, Rating

from .recusing import RECUSED
from .roles import REVIEWER, Asked, acts_as, deciding_roles, has_recused, without

WATCHERS = ("auditor", "methodologist", "coordinator")


def reviews_it(model: type[Subject], user: Any) -> Exists:
    """Whether `user` reviews the dossier of each subject, or rated it before the review went to somebody else."""
    asked = Assignment.objects.filter(dossier=OuterRef(model.dossier_path), reviewer=user)
    rated = Exists(Rating.objects.filter(assignment=OuterRef("pk")))
    return Exists(asked.filter(Q(released_at=None) | ~Q(sent_at=None) | Q(rated)))


def sits_as(role: str) -> Asked:
    """Whether somebody may decide on the dossier of each subject in `role` and has not stepped aside, or once
    acted in it."""

    def sits(model: type[Subject], user: Any) -> ExpressionWrapper[Any]:
        seat = Q(granted(role, model, user)) & ~Q(has_recused(model, user))
        acted = acts_as(role, model, user).exclude(kind=RECUSED)
        return ExpressionWrapper(seat | Q(Exists(acted)), output_field=BooleanField())

    sits.__name__ = f"sits_as_{role}"
    return sits


def register() -> None:
    judging = {REVIEWER: reviews_it, **{each: sits_as(each) for each in deciding_roles()}}
    for name in WATCHERS:
        role = registry.roles[name]
        tied = {} if role.barred else {"applicant": acted_for, "coach": coached}  # else an interest closes it
        parties = tied | judging
        registry.roles[name] = replace(role, apart=parties, people=partial(_no_parties, role, parties))


def _no_parties(role: registry.Role, parties: Mapping[str, Asked], subject: Any) -> QuerySet[Any]:
    return without(tuple(parties.values()), role.people(subject), subject)
