"""Ratings that wait for the reader to agree: those that somebody proposed, and those that nobody has yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import known_to
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.prepared import USER, Asked, Prepared
from accreditation_engine.engine.visibility import shows
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.apart import nowhere_proposed
from accreditation_engine.reviews.consensus import ROLES, agreeing, sides
from accreditation_engine.reviews.models import Proposal
from accreditation_engine.reviews.queue.places import states_before
from accreditation_engine.reviews.raising import reconciles
from accreditation_engine.reviews.report.standing import ANSWERED

from .anonymous import organisation_called

SHOWN = 20
CONSENSUS, REVIEWER = "consensus", "reviewer"
AGREED = frozenset({"reconciled", ANSWERED})
"""Guards of steps that wait until a rating is agreed on."""


def proposals_waiting(person: User, schemes: Iterable[Compiled]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] for home, the oldest first: of files under `schemes` that are open to the
    person. Two queries at most, none for whoever agrees on nothing."""
    roles = [role for role in ROLES if role in parts_of(person)]
    if not roles:
        return []
    asked = _open_to(tuple(roles), tuple(each.edition for each in schemes))
    rows = asked.send(Asked(user=person.pk))
    found = [each for each in rows if _can_be_agreed_on(each)]
    parts = parts_in_many(person, [each.dossier for each in found])
    return [_entry(each) for each in found if each.role in parts[each.dossier_id].open][:SHOWN]


@lru_cache(maxsize=128)
def _open_to(roles: tuple[str, ...], editions: tuple[str, ...]) -> Prepared:
    schemes = [compiled(each) for each in editions]
    own = reduce(or_, (Q(role=each, dossier__in=_agreed_on(USER, each, schemes)) for each in roles))
    rows = Proposal.objects.filter(own, closed_at=None).exclude(consents__person=USER)
    return Prepared(rows.select_related("dossier__organisation").order_by("pk"))


def _agreed_on(user: Any, role: str, schemes: Iterable[Compiled]) -> QuerySet[Dossier]:
    """The user's files in whose state people in `role` may agree. Whether a file that has ended is under appeal
    its state does not say."""
    standing = Q(pk__in=[])
    for each in schemes:
        states = [
            name
            for name, state in each.workflow.states.items()
            if CONSENSUS in state.shows.get(role, ()) and (state.final or name in states_before(each, AGREED))
        ]
        standing |= Q(edition=each.edition, state__in=states)
    return known_to(user, role).filter(standing)


def _can_be_agreed_on(proposal: Proposal) -> bool:
    """Whether the file has not moved on, and shows consensus to that side where it stands."""
    file, role = proposal.dossier, proposal.role
    return agreeing(file) and role in sides(file) and shows(file, [role], CONSENSUS)


def unproposed_waiting(
    person: User, schemes: Sequence[Compiled], played: Mapping[UUID, Parts]
) -> list[dict[str, Any]]:
    """The same of files whose reviews are all in and lie too far apart somewhere, while nobody has proposed a
    rating there: for their reviewers, the file that has waited longest first. `played` are the person's parts in
    files as far as they are known. Two queries at most, none where nobody has to agree."""
    bounded = [each for each in schemes if reconciles(each)]
    if REVIEWER not in parts_of(person) or not bounded:
        return []
    rows = _agreed_on(person.pk, REVIEWER, bounded).order_by("entered_at", "number")
    found = nowhere_proposed(rows.select_related("organisation"))
    unknown = [file for file, _count in found if file.pk not in played]
    parts = {**played, **parts_in_many(person, unknown)}
    return [_unproposed(*each) for each in found if REVIEWER in parts[each[0].pk].open][:SHOWN]


def _unproposed(file: Dossier, count: int) -> dict[str, Any]:
    words = ngettext(
        "You and the other reviewers are too far apart on %(count)d criterion. Propose a rating.",
        "You and the other reviewers are too far apart on %(count)d criteria. Propose ratings.",
        count,
    )
    return {
        "title": organisation_called(file, [REVIEWER]),
        "number": file.number,
        "url": reverse("consensus", args=[file.pk]),
        "words": words % isolated({"count": count}),
    }


def _entry(proposal: Proposal) -> dict[str, Any]:
    file = proposal.dossier
    place = f"#{proposal.rubric}-{proposal.criterion}"
    return {
        "title": organisation_called(file, [proposal.role]),
        "number": file.number,
        "url": reverse("consensus", args=[file.pk]) + place,
        "words": _("A rating is proposed. Agree with it, or propose another."),
    }
