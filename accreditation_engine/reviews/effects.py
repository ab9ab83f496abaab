"""What follows from sending reviews."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, DateTimeField, Value, When

from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.engine.registry import Taken, effect

from .agreeing_letters import tell_of_apart
from .models import Assignment
from .raising import raise_from_reviews


@effect("close_own_review")
def close_own_review(taken: Sequence[Taken], parameters: Parameters) -> None:
    """The reviewer's assignments are sent, each when its event says; their ratings count and cannot be changed any
    more."""
    mine = Assignment.objects.filter(
        dossier__in=[each.subject.pk for each in taken],
        reviewer=taken[0].attempt.actor_id,
        sent_at=None,
        released_at=None,
    )
    moments = [When(dossier=each.subject.pk, then=Value(each.event.at)) for each in taken]
    mine.update(sent_at=Case(*moments, output_field=DateTimeField()))


@effect("raise_findings")
def raise_findings(taken: Sequence[Taken], parameters: Parameters) -> None:
    """Where reviewers are too far apart to raise any, they are told."""
    tell_of_apart(raise_from_reviews({each.subject.pk: each.scheme for each in taken}))
