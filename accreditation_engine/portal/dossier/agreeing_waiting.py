"""Proposed ratings that wait for the reader to agree."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.queries import known_to
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.prepared import USER, Asked, Prepared
from accreditation_engine.engine.visibility import shows
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.consensus import ROLES, agreeing, sides
from accreditation_engine.reviews.models import Proposal

from .anonymous import organisation_called

MOST, SHOWN = 200, 20


def proposals_waiting(person: User) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home, the oldest first: of files that are open to the person. Two
    queries at most, none for whoever agrees on nothing."""
    roles = [role for role in ROLES if role in parts_of(person)]
    if not roles:
        return []
    found = [each for each in _open_to(tuple(roles)).send(Asked(user=person.pk)) if _can_be_agreed_on(each)]
    parts = parts_in_many(person, [each.dossier for each in found])
    return [_entry(each) for each in found if each.role in parts[each.dossier_id].open][:SHOWN]


@lru_cache(maxsize=8)
def _open_to(roles: tuple[str, ...]) -> Prepared:
    own = reduce(or_, (Q(role=role, dossier__in=known_to(USER, role)) for role in roles))
    rows = Proposal.objects.filter(own, closed_at=None).exclude(consents__person=USER)
    return Prepared(rows.select_related("dossier__organisation").order_by("pk")[:MOST])


def _can_be_agreed_on(proposal: Proposal) -> bool:
    """Whether the file has not moved on, and shows consensus to that side where it stands."""
    file, role = proposal.dossier, proposal.role
    return agreeing(file) and role in sides(file) and shows(file, [role], "consensus")


def _entry(proposal: Proposal) -> dict[str, Any]:
    file = proposal.dossier
    place = f"#{proposal.rubric}-{proposal.criterion}"
    return {
        "title": organisation_called(file, [proposal.role]),
        "number": file.number,
        "url": reverse("consensus", args=[file.pk]) + place,
        "words": _("A rating is proposed. Agree with it, or propose another."),
    }
