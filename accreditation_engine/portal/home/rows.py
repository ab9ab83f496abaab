"""Dossiers and findings as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.queries import READERS
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.unusable import usable
from accreditation_engine.engine.visibility import shows
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.acts import submits
from accreditation_engine.portal.dossier.anonymous import organisation_called
from accreditation_engine.portal.dossier.reader import language, reads_outer_words
from accreditation_engine.portal.dossier.rubrics import criterion_called
from accreditation_engine.portal.dossier.states import deadline_shown, state_badge
from accreditation_engine.portal.people import parts_of
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.queries import own_review_due
from accreditation_engine.reviews.reminding import paused_in
from accreditation_engine.reviews.words import severity_title

Row = dict[str, Any]


def dossier_table(
    person: User,
    dossiers: Sequence[Dossier],
    caption: str,
    empty: Row,
    played: Mapping[UUID, Parts] | None = None,
) -> Row:
    """For parts/table.html. One query more than the dossiers themselves, however many they are; none where the
    parts that the person plays for them are known already (`played`, for a page with several tables). A reviewer's
    deadline is that of the review, where the dossiers are fetched `with_own_due`."""
    if played is None:
        played = parts_in_many(person, list(dossiers))
    rows = [_dossier(each, played.get(each.pk, Parts())) for each in dossiers]
    trails = any(len(row["cells"]) > len(COLUMNS) for row in rows)
    titles = [*(str(title()) for title in COLUMNS), *([_("Decision trail")] if trails else [])]
    return {
        "caption": caption,
        "hide_caption": True,
        "columns": [{"title": title} for title in titles],
        "rows": rows,
        "empty": empty,
    }


COLUMNS = (
    lambda: _("Organisation"),
    lambda: _("File number"),
    lambda: _("State"),
    lambda: _("Since"),
    lambda: _("Deadline"),
)


def with_own_due(dossiers: QuerySet[Dossier], person: User) -> QuerySet[Dossier]:
    """The same, with when the review is due that `person` has yet to send of each."""
    if "reviewer" not in parts_of(person):
        return dossiers
    return dossiers.annotate(own_due=own_review_due(person.pk))


def _dossier(dossier: Dossier, parts: Parts) -> Row:
    if usable(dossier.edition_id) is None:
        return _where_nobody_knows(dossier)
    review_due = getattr(dossier, "own_due", None) if "reviewer" in parts.known else None
    scheme, outside = compiled(dossier.edition_id), reads_outer_words(dossier, parts.open)
    state = scheme.workflow.states[dossier.state]
    own = deadline_shown(state, outside=outside)
    address = reverse("dossier", args=[dossier.pk])
    cells = [
        {
            "value": organisation_called(dossier, parts.known),
            "url": address,
            "note": _note(dossier, parts, review_due),
        },
        {"value": dossier.number, "kind": "code"},
        {"badge": state_badge(scheme, dossier.state, outside=outside)},
        {"value": dossier.entered_at if own else None, "kind": "day"},
        _deadline(review_due or (dossier.deadline_at if own else None)),
    ]
    if parts.open == {"auditor"} and shows(dossier, parts.open, "trail"):
        cells.append({"value": _("Read"), "url": reverse("trail", args=[dossier.pk])})
    return {"cells": cells}


def _where_nobody_knows(dossier: Dossier) -> Row:
    """A file under an edition that is not usable: nobody knows how far it is, or from whom it keeps its name."""
    return {
        "cells": [
            {"value": dossier.number, "url": reverse("dossier", args=[dossier.pk]), "note": dossier.scheme},
            {"value": dossier.number, "kind": "code"},
            {"badge": {"title": _("Cannot be shown now"), "tone": "warning"}},
            {"value": None, "kind": "day"},
            _deadline(None),
        ]
    }


def _note(dossier: Dossier, parts: Parts, review_due: datetime | None) -> str:
    """The scheme; and, where the file is closed until then, that interests are to be declared, where the reader's
    review stands still, that it is to be resumed, or for its organisation that it came back."""
    title = compiled(dossier.edition_id).workflow.title.in_language(language())
    words = ""
    if parts.undeclared and parts.open.isdisjoint(READERS):
        words = _("Declare your interests first")
    elif review_due is not None and dossier.state in paused_in(dossier.edition_id):
        words = _("Ask for your review to be resumed")
    elif "applicant" in parts.open and _came_back(dossier):
        words = _("It was returned to you: open it to read why")
    return f"{title} · {words}" if words else title


def _came_back(dossier: Dossier) -> bool:
    """Whether it is to be handed in, and was with others before."""
    workflow, steps = compiled(dossier.edition_id).workflow, compiled(dossier.edition_id).steps
    leaving = workflow.leaving(dossier.state)
    return dossier.state != workflow.initial and any(submits(steps[name]) for name in leaving)


def _deadline(at: datetime | None) -> Row:
    cell: Row = {"value": at, "kind": "day"}
    if at and at < timezone.now():
        cell["note"] = _("overdue")
    return cell


def finding_table(findings: Iterable[Finding]) -> Row:
    """For parts/table.html. No query."""
    titles = [_("Criterion"), _("File number"), _("Severity"), _("State"), _("To be corrected by")]
    return {
        "caption": _("Findings that wait for you"),
        "hide_caption": True,
        "columns": [{"title": title} for title in titles],
        "rows": [{"cells": _finding(each)} for each in findings],
    }


def _waited_for(finding: Finding) -> list[str]:
    """The role in which its reader has it before them: findings stand here with those whom they wait for."""
    waits_for = compiled(finding.edition_id).workflow.states[finding.state].waits_for
    return [waits_for] if waits_for else []


def _finding(finding: Finding) -> list[Row]:
    address = reverse("dossier", args=[finding.dossier_id])
    return [
        {
            "value": criterion_title(finding),
            "url": f"{address}#finding-{finding.pk}",
            "note": organisation_called(finding.dossier, _waited_for(finding)),
        },
        {"value": finding.dossier.number, "kind": "code"},
        {"value": severity_title(finding.severity)},
        {"value": state_title(finding.edition_id, finding.state)},
        {"value": finding.due_on, "kind": "day"},
    ]


def criterion_title(finding: Finding) -> str:
    return criterion_called(compiled(finding.dossier.edition_id), finding.rubric, finding.criterion)
