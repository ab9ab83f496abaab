"""Visits ahead, for home and for the calendar: those on which somebody goes, those of their organisation, and for
coordinators those for which another date is asked."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.queries import acted_on_by
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.prepared import USER, Asked, Prepared
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.standing import still_to_answer

from .seen import goes_on, standing_badge, visit_title, when_shown

SHOWN, MOST = 20, 500


def visits_ahead(person: User) -> list[Visit]:
    """Neither cancelled nor held yet, the next one first; for those who go, until they are closed. Two queries at
    most, none for whoever plays no such part."""
    parts, asked = parts_of(person), Asked(user=person.pk)
    answered = tuple(role for role in STILL_THEIRS if role in parts)
    found = _answered(answered).send(asked) if answered else []
    if "reviewer" in parts:
        theirs = _gone_on().send(asked)
        found += [each for each in theirs if goes_on(person, each) and each not in found]
    return sorted(found, key=lambda each: (each.begins_at, each.pk))


STILL_THEIRS = {"applicant": Q(held_at=None), "coordinator": Q(held_at=None, asked_seq__isnull=False)}


@lru_cache(maxsize=4)
def _answered(roles: tuple[str, ...]) -> Prepared:
    return _standing(reduce(or_, (STILL_THEIRS[role] & _for(role) for role in roles)))


@lru_cache(maxsize=1)
def _gone_on() -> Prepared:
    return _standing(Q(closed_at=None) & _for("reviewer"))


def _for(role: str) -> Q:
    return Q(dossier__in=acted_on_by(USER, role))


def _standing(wanted: Q) -> Prepared:
    rows = Visit.objects.filter(wanted, cancelled_at=None).select_related("dossier__organisation")
    return Prepared(rows.order_by("begins_at", "pk")[:MOST])


def shown_ahead(ahead: list[Visit]) -> list[dict[str, Any]]:
    """For home. No query."""
    return [
        {
            "organisation": each.dossier.organisation.name_in(language()),
            "number": each.dossier.number,
            "title": visit_title(each),
            "when": when_shown(each),
            "url": reverse("visit", args=[each.dossier_id, each.seq]),
            "badge": standing_badge(each),
        }
        for each in ahead[:SHOWN]
    ]


def visits_to_answer(person: User, ahead: list[Visit]) -> list[dict[str, Any]]:
    """Those of `ahead` whose date the organisation that `person` acts for has neither confirmed nor declined, as
    entries of home. Whoever goes on a visit does not act for whom they visit. No query."""
    if "applicant" not in parts_of(person):
        return []
    return [
        {
            "title": each.dossier.organisation.name_in(language()),
            "number": each.dossier.number,
            "url": reverse("visit", args=[each.dossier_id, each.seq]) + "#answer",
            "words": _("A visit waits for your confirmation: %(when)s.")
            % isolated({"when": when_shown(each)}),
        }
        for each in ahead
        if not (each.confirmed_at or each.asked_seq or goes_on(person, each) or still_to_answer(each))
    ][:SHOWN]
