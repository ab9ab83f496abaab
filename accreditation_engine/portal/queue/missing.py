"""Files that lack a reviewer, for the home of those who coordinate them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import known_as
from accreditation_engine.engine.prepared import USER, Asked, Prepared
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.queue.forsaken import forsaken_places
from accreditation_engine.reviews.queue.places import places_of

COORDINATOR, SHOWN = "coordinator", 20


def reviewers_missing(person: User, schemes: Iterable[Compiled]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] of files under `schemes` that `person` coordinates. One query, none for
    whoever coordinates nothing."""
    wanting = [each for each in schemes if places_of(each)]
    if COORDINATOR not in parts_of(person) or not wanting:
        return []
    asked = _forsaken(tuple(each.edition for each in wanting))
    return [_entry(each) for each in asked.send(Asked(user=person.pk))]


@lru_cache(maxsize=32)
def _forsaken(editions: tuple[str, ...]) -> Prepared:
    rows = forsaken_places([compiled(each) for each in editions])
    mine = rows.filter(known_as(Dossier, USER, COORDINATOR)).select_related("organisation")
    return Prepared(mine[:SHOWN])


def _entry(dossier: Any) -> dict[str, Any]:
    return {
        "title": dossier.organisation.name_in(language()),
        "number": dossier.number,
        "url": reverse("dossier", args=[dossier.pk]) + "#reviewers",
        "words": _words(dossier),
    }


def _words(dossier: Any) -> str:
    open_ = places_of(compiled(dossier.edition_id)) - dossier.taken
    places = ngettext(
        "%(count)d place of a reviewer is open.", "%(count)d places of reviewers are open.", open_
    ) % isolated({"count": open_})
    remedy = _("Ask somebody to review, or draw.")
    if not dossier.given_up:
        return f"{places} {remedy}"
    left = (
        _("Somebody who had one reviews this file no more.")
        if dossier.taken
        else _("Nobody reviews this file any more.")
    )
    return f"{places} {left} {remedy}"
