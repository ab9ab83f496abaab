"""What waits for people of the accrediting body beside files and findings: concerns, and changes of scope."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.complaints.queries import waiting_for
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.prepared import USER, Asked, PreparedValues
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.complaints.waiting import HANDLE
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.portal.scope_change.waiting import waiting_changes
from accreditation_engine.portal.time_left import days_since

SHOWN = 20
ROW = (
    "edition_id",
    "state",
    "dossier_id",
    "dossier__organisation__name_ar",
    "dossier__organisation__name_en",
)


def beside_files(person: User, editions: list[Compiled]) -> list[dict[str, Any]]:
    """[{title, number, url, words}], what waits longest first; `editions` are all of their lives. One query, none
    for whoever deals with none."""
    roles = [each for each in HANDLE if each in parts_of(person)]
    if not roles:
        return []
    asked = _asked(tuple(roles), tuple(each.edition for each in editions))
    return [_entry(*each) for each in asked.send(Asked(user=person.pk))]


@lru_cache(maxsize=64)
def _asked(roles: tuple[str, ...], editions: tuple[str, ...]) -> PreparedValues:
    lives = [compiled(each) for each in editions]
    concerns = _rows(waiting_for(USER, *roles, editions=lives), "number", Value(""))
    certificate = Cast("certificate_id", CharField())
    changes = _rows(waiting_changes(USER, roles, lives), "certificate__number", certificate)
    return PreparedValues(concerns.union(changes, all=True).order_by("entered_at", "pk")[:SHOWN])


def _rows(waiting: QuerySet[Any], number: str, certificate: Any) -> QuerySet[Any, Any]:
    rows = waiting.select_related(None).order_by().annotate(of=Cast(certificate, CharField()))
    return rows.values_list("pk", "entered_at", number, "of", *ROW)


def _entry(
    pk: UUID,
    since: Any,
    number: str,
    certificate: str,
    edition: str,
    state: str,
    dossier: UUID,
    ar: str,
    en: str,
) -> dict[str, Any]:
    told = isolated({"state": state_title(edition, state), "time": days_since(since)})
    if certificate:
        url = reverse("scope_change", args=[dossier, UUID(certificate), pk])
        words = _("A change of the scope of the certificate: %(state)s, for %(time)s") % told
    else:
        url = reverse("complaint", args=[dossier, pk])
        words = _("A concern: %(state)s, for %(time)s") % told
    return {"title": en if language().startswith("en") else ar, "number": number, "url": url, "words": words}
