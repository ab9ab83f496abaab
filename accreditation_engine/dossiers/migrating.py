"""Files in flight that are brought under another edition of their scheme, by whoever administers it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.migrating import Migrated, keeps_criteria, migrate
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.engine.unusable import usable
from accreditation_engine.organisations.administering import as_whom
from accreditation_engine.organisations.opening_schemes import refuse_to_lead_under, unproved
from accreditation_engine.trail.content import Actor
from accreditation_engine.written import kept_text

from .migrating_letters import tell_of_migrating
from .models import Answer, Dossier, Evidence

AT_ONCE = 500
"""Files of one transaction."""


def in_flight(scheme: str, to: str) -> QuerySet[Dossier]:
    """The files of `scheme` under other editions than `to` (its hash), that are not at their end."""
    others = Dossier.objects.filter(scheme=scheme).exclude(edition=to)
    ended = Q(pk__in=[])
    for edition in others.order_by().values_list("edition", flat=True).distinct():
        known = usable(edition)
        states = known.workflow.states if known else {}
        ended |= Q(edition=edition, state__in=[name for name, state in states.items() if state.final])
    return others.exclude(ended)


def migrate_files(*, edition: Edition, by: Person | Actor, reason: str, most: int = 5_000) -> Migrated:
    """Bring the files of a scheme that are in flight, `most` at once, under `edition`, as far as nothing stands
    against it (engine.migrating). Raises Refused where `by` does not administer the scheme, without a reason, and
    for an edition that is no workflow's or does not pass the checks."""
    refuse_to_lead_under(edition, by)
    if wrong := unlike_text(reason, missing="comment_missing") + unproved(edition):
        raise Refused(wrong)
    to, result = compiled(edition.pk), Migrated()
    ids = list(in_flight(edition.name, edition.pk).order_by("pk").values_list("pk", flat=True)[:most])
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        with transaction.atomic():
            done = migrate(Dossier, some, to, by, role=as_whom(by) or "system", comment=kept_text(reason))
            tell_of_migrating(done.moved)
        result.moved += done.moved
        result.left |= done.left
    return result


def _answered(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """An answer that was emptied as well: the trail tells of it."""
    return Answer.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def _filed(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """What was taken back as well."""
    return Evidence.objects.filter(dossier__in=ids).values_list("dossier", "rubric", "criterion")


def register() -> None:
    keeps_criteria["dossier"] += [_answered, _filed]
