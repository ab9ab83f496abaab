"""What stands beside somebody's name at a file in whose organisation they have an interest."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.interests.known import codes_of, known_interests
from accreditation_engine.reviews.interests.models import Objection, Override
from accreditation_engine.reviews.interests.words import interests_in_words


def interest_notes(dossier: Dossier, people: Sequence[User]) -> dict[UUID, str]:
    """For those of `people` whose interest is known: which it is, or who allowed them to judge all the same. None
    for nobody, one query where no interest is known, else two."""
    if not people:
        return {}
    standing = known_interests(dossier, people)
    allowed = allowed_people(dossier) if any(each.interests for each in standing.values()) else {}
    found = {}
    for person in people:
        known = [each for each in standing[person.pk].interests if each.code != "decided"]
        if not known:
            continue
        override = allowed.get(person.pk) if standing[person.pk].allowed else None
        codes = interests_in_words(codes_of(known))
        found[person.pk] = (
            _allowed(override, codes) if override else _("has an interest: %(what)s") % {"what": codes}
        )
    return found


def _allowed(override: Override, codes: str) -> str:
    words = _("with an interest (%(what)s), allowed by %(first)s and %(second)s")
    names = isolated({"first": str(override.proposed_by), "second": str(override.answered_by)})
    return words % {"what": codes, **names}


def allowed_people(dossier: Dossier) -> dict[UUID, Override]:
    """The last override that was allowed, by the person whom it is for. One query."""
    rows = Override.objects.filter(dossier=dossier, allowed=True).select_related("proposed_by", "answered_by")
    return {each.person_id: each for each in rows.order_by("answered_at")}


def objected_to(dossier: Dossier) -> frozenset[UUID]:
    """The reviewers to whom the organisation has objected and nobody has answered. One query."""
    waiting = Objection.objects.filter(dossier=dossier, answered_at=None)
    return frozenset(waiting.values_list("reviewer_id", flat=True))
