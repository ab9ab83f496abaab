"""What about interests waits for somebody's answer: objections and ties taken back for coordinators, and for them
and administrators proposals to let somebody judge with an interest."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import known_to
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.prepared import USER, Asked, Prepared
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.interests.models import Objection, Override, TieWithdrawal
from accreditation_engine.reviews.interests.overriding import ANSWER

SHOWN = 20


def answers_waiting(person: User) -> list[dict[str, Any]]:
    """[{title, number, url, words}], the oldest first. Three queries, none for whoever answers nothing."""
    answering = [role for role in ANSWER if role in parts_of(person)]
    if not answering:
        return []
    asked = Asked(user=person.pk)
    rows = [_override(each) for each in _overrides(tuple(answering)).send(asked)]
    if "coordinator" in answering:
        rows += [_objection(each) for each in _objections().send(asked)]
        rows += [_withdrawal(each) for each in _withdrawals().send(asked)]
    return sorted(rows, key=lambda each: each["at"])[:SHOWN]


@lru_cache(maxsize=1)
def _objections() -> Prepared:
    rows = Objection.objects.filter(answered_at=None, dossier__in=known_to(USER, "coordinator"))
    return Prepared(rows.select_related("dossier__organisation", "reviewer").order_by("made_at")[:SHOWN])


@lru_cache(maxsize=1)
def _withdrawals() -> Prepared:
    rows = TieWithdrawal.objects.filter(answered_at=None, dossier__in=known_to(USER, "coordinator"))
    others = rows.exclude(person=USER).select_related("dossier__organisation", "person")
    return Prepared(others.order_by("asked_at")[:SHOWN])


@lru_cache(maxsize=8)
def _overrides(answering: tuple[str, ...]) -> Prepared:
    rows = Override.objects.filter(answered_at=None, dossier__in=known_to(USER, *answering))
    others = rows.exclude(Q(proposed_by=USER) | Q(person=USER))
    return Prepared(others.select_related("dossier__organisation", "person").order_by("proposed_at")[:SHOWN])


def _objection(objection: Objection) -> dict[str, Any]:
    words = _("The organisation objects to the reviewer %(name)s.")
    return _row(objection.dossier, "#objections", words, str(objection.reviewer), objection.made_at)


def _withdrawal(withdrawal: TieWithdrawal) -> dict[str, Any]:
    words = _("%(name)s takes back an interest that they had declared.")
    return _row(withdrawal.dossier, "#withdrawals", words, str(withdrawal.person), withdrawal.asked_at)


def _override(override: Override) -> dict[str, Any]:
    words = _("It is proposed to let %(name)s judge with an interest.")
    return _row(override.dossier, "#overrides", words, str(override.person), override.proposed_at)


def _row(dossier: Dossier, place: str, words: str, name: str, at: Any) -> dict[str, Any]:
    return {
        "title": dossier.organisation.name_in(language()),
        "number": dossier.number,
        "url": reverse("interests", args=[dossier.pk]) + place,
        "words": words % isolated({"name": name}),
        "at": at,
    }
