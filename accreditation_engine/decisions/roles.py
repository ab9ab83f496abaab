"""Whoever steps aside from a dossier decides on it no more, and sees nothing more of it as one who would. Nor does
whoever reviewed it, nor hears an appeal who sat on the panel: the role that they hold for the scheme is closed to
them there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine import registry
from accreditation_engine.engine.models import Subject
from accreditation_engine.organisations.roles import CHAIR
from accreditation_engine.reviews.roles import was_assigned
from accreditation_engine.trail.models import Event

from .models import Recusal

PANEL, APPEAL_PANEL, REVIEWER = "panel", "appeal_panel", "reviewer"
Asked = Callable[[type[Subject], Any], Any]
"""Whether something holds of a person in the dossier of each subject, in SQL."""


def has_recused(model: type[Subject], user: Any) -> Exists:
    """Whether `user` has stepped aside from the dossier of each subject."""
    return Exists(Recusal.objects.filter(dossier=OuterRef(model.dossier_path), member=user))


def sat_on_the_panel(model: type[Subject], user: Any) -> Exists:
    """Whether `user` acted as one of the panel in the dossier of each subject."""
    return Exists(acts_as(PANEL, model, user))


def acts_as(role: str, model: type[Subject], user: Any) -> QuerySet[Event]:
    """What `user` did in `role` in the dossier of each subject; refused attempts do not count."""
    acts = Event.objects.filter(stream=OuterRef(model.dossier_path), actor=user, role=role)
    return acts.exclude(kind="refused")


def deciding_roles() -> list[str]:
    """Those that may decide, in the order in which roles are known."""
    return [name for name, role in registry.roles.items() if role.judges == "deciding"]


def register() -> None:
    for name in (*deciding_roles(), CHAIR):
        role = registry.roles[name]
        earlier: dict[str, Asked] = {REVIEWER: was_assigned}
        if name == APPEAL_PANEL:
            earlier[PANEL] = sat_on_the_panel
        people = partial(_people_left, role, tuple(earlier.values()))
        registry.roles[name] = replace(role, recused=has_recused, apart=earlier, people=people)


def _people_left(role: registry.Role, earlier: Sequence[Asked], subject: Any) -> QuerySet[Any]:
    """Who plays `role` for `subject`, has not stepped aside, and of whom none of `earlier` holds."""
    dossier = getattr(subject, "dossier_id", subject.pk)
    found = without(earlier, role.people(subject), subject)
    return found.exclude(pk__in=Recusal.objects.filter(dossier=dossier).values("member"))


def without(earlier: Sequence[Asked], people: QuerySet[Any], subject: Any) -> QuerySet[Any]:
    """Those of `people` of whom none of `earlier` holds for `subject`."""
    dossier = getattr(subject, "dossier_id", subject.pk)
    for had_a_hand in earlier:
        hands = Dossier.objects.filter(had_a_hand(Dossier, OuterRef(OuterRef("pk"))), pk=dossier)
        people = people.exclude(Exists(hands))
    return people
