"""A page of a review that is no longer its reader's: what was typed into it is shown once more, to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.entries import Entries, read
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import Section, all_sections, given
from accreditation_engine.portal.dossier.two_tabs import NOTHING
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment


@dataclass(frozen=True)
class Over:
    """What was sent for a review that is its sender's no more, and why it was not taken."""

    assignment: Assignment
    scheme: Compiled
    entries: Entries
    refused: Refused


def answer_if_over(
    request: HttpRequest, person: User, pk: UUID, rubric: str, area: str
) -> HttpResponse | None:
    """The answer to somebody who sends ratings after their review went to somebody else or back; None for
    everybody else. The attempt is written down."""
    over = refused_if_over(request, person, pk, rubric, area)
    if over is None:
        return None
    return render(request, "portal/review_over.html", _page(over), status=HTTPStatus.CONFLICT)


def refused_if_over(request: HttpRequest, person: User, pk: UUID, rubric: str, area: str) -> Over | None:
    """What was sent and why it is refused, where the sender's review is over. The attempt is written down."""
    assignment = _over(person, pk)
    if assignment is None:
        return None
    scheme = compiled(assignment.dossier.edition_id)
    section = _section(scheme, rubric, area)
    if section is None:
        return None
    entries = read(section, request.POST, only=request.POST.get("criterion", ""))
    try:
        ratings = {key: Rated(value, note) for key, (value, note) in entries.typed.items()}
        rate(assignment=assignment, ratings=ratings, by=person)
    except Refused as refused:
        return Over(assignment, scheme, entries, refused)
    return None


def _over(person: User, pk: UUID) -> Assignment | None:
    """The last review of the dossier that the person had, where none of theirs stands."""
    theirs = Assignment.objects.filter(dossier=pk, reviewer=person).select_related("dossier")
    last = theirs.order_by("-pk").first()
    return last if last is not None and last.released_at is not None else None


def _section(scheme: Compiled, rubric: str, area: str) -> Section | None:
    found = (each for each in all_sections(scheme) if (each.rubric.id, each.area.id) == (rubric, area))
    return next(found, None)


def _page(over: Over) -> dict[str, Any]:
    """The context of portal/review_over.html: of the file itself no more than its number and scheme."""
    return {
        "head": {
            "eyebrow": over.scheme.workflow.title.in_language(language()),
            "title": over.assignment.dossier.number,
        },
        "reasons": [str(each) for each in over.refused.reasons],
        "typed": list(_typed(over.entries)),
    }


def _typed(entries: Entries) -> Any:
    section = entries.section
    for number, criterion in section.criteria:
        value, note = entries.typed.get((section.rubric.id, criterion.id), NOTHING)
        if value or note:
            yield {
                "number": number,
                "title": criterion.title.in_language(language()),
                "rating": given(section.rubric, value)["rating"] if value else "",
                "note": note,
            }
