"""The reviews of somebody who is to be a reviewer no more: they are released with the role, so that their places
are free again and somebody sees to it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.engine.acting import Person
from accreditation_engine.organisations.administering import ADMINISTRATOR
from accreditation_engine.organisations.domain import end_role
from accreditation_engine.organisations.models import RoleGrant
from accreditation_engine.organisations.roles import in_force

from .interests.letters import tell_of_role_over
from .interests.taking_back import take_back
from .models import Assignment

REVIEWER = "reviewer"


def reviews_under(grant: RoleGrant) -> QuerySet[Assignment]:
    """The reviews that the holder of `grant` has yet to send and could not without it; none of another role. One
    query."""
    if grant.role != REVIEWER or grant.over:
        return Assignment.objects.none()
    others = RoleGrant.objects.filter(in_force(), user=grant.user_id, role=REVIEWER).exclude(pk=grant.pk)
    covered = Exists(others.filter(Q(scheme="") | Q(scheme=OuterRef("dossier__scheme"))))
    mine = Assignment.objects.filter(reviewer=grant.user_id, sent_at=None, released_at=None)
    under = mine if not grant.scheme else mine.filter(dossier__scheme=grant.scheme)
    return under.filter(~covered).select_related("dossier", "reviewer").order_by("dossier__number")


def end_role_and_reviews(*, grant: RoleGrant, by: Person, reason: str) -> list[Assignment]:
    """As `end_role`; and the reviews that hang on it are released, their coordinators told. Gives these."""
    with transaction.atomic():
        reviews = list(reviews_under(grant))
        end_role(grant=grant, by=by, reason=reason)
        return list(_released(reviews, by))


def _released(reviews: list[Assignment], by: Person) -> Iterator[Assignment]:
    for each in reviews:
        dossier = locked_row(each.dossier)
        still_open = Assignment.objects.filter(pk=each.pk, sent_at=None, released_at=None).exists()
        if still_open and take_back(dossier, each, by=by, role=ADMINISTRATOR):
            tell_of_role_over(dossier, by)
            yield each
