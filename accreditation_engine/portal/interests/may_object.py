"""Reviewers to whom an organisation may still object, for the home of its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.queries import acted_on_by
from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.interests.models import Objection
from accreditation_engine.reviews.interests.objecting import objection_until
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.places import CHOSEN, standing_before

from .organisation import may_still_object

APPLICANT, MOST, SHOWN = "applicant", 200, 20


def objections_possible(person: User, schemes: Iterable[Compiled]) -> list[dict[str, Any]]:
    """[{title, number, url, words}] of files under `schemes`, the first to end first. One query, none for whoever
    acts for no organisation, and where no scheme lets it object."""
    naming = [each for each in schemes if each.workflow.reviewing and each.workflow.reviewing.objection]
    if APPLICANT not in parts_of(person) or not naming:
        return []
    found = sorted(_open(person, naming), key=lambda each: each["until"])
    return found[:SHOWN]


def _open(person: User, schemes: list[Compiled]) -> Iterator[dict[str, Any]]:
    """Time is over for whoever was asked last after it is for all others: behind so many of these nobody is left
    to object to."""
    still = standing_before(schemes, CHOSEN, prefix="dossier__")
    raised = Objection.objects.filter(dossier=OuterRef("dossier"), reviewer=OuterRef("reviewer"))
    own = acted_on_by(person.pk, APPLICANT)
    rows = Assignment.objects.filter(still, ~Exists(raised), dossier__in=own, released_at=None)
    rows = rows.select_related("dossier__organisation", "reviewer").order_by("-assigned_at", "-pk")
    for each in rows[:MOST]:
        until = objection_until(each.dossier, each)
        if may_still_object(each.dossier, until):
            yield {
                "title": each.dossier.organisation.name_in(language()),
                "number": each.dossier.number,
                "url": reverse("interests", args=[each.dossier_id]),
                "words": _words(str(each.reviewer), until),
                "until": until,
            }


def _words(name: str, until: Any) -> str:
    day = isolate(date_format(timezone.localtime(until), "j F Y"))
    words = _("%(name)s reviews your file. If you have a reason to, you may object until %(day)s.")
    return words % {**isolated({"name": name}), "day": day}
