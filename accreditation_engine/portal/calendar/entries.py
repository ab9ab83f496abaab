"""What stands in somebody's calendar: no more than home shows them at this moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.parts import parts_in_sql, parts_of
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title, words_for_applicants
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language, reads_outer_words
from accreditation_engine.portal.dossier.states import deadline_shown
from accreditation_engine.portal.home.rows import criterion_title
from accreditation_engine.portal.home.waiting import waiting_dossiers, waiting_findings
from accreditation_engine.portal.people import files_of
from accreditation_engine.reviews.models import Assignment, Finding
from accreditation_engine.reviews.reminding import reviewed_in

MOST = 500
"""Entries of one kind, the nearest first."""


@dataclass(frozen=True)
class Entry:
    """One date. `key` is the same for the same thing as long as it is there, wherever its date moves. It lies on a
    whole day (`when` is a date), or ends at a moment; from `begins` on, where that is given. `changed` is when it
    came to be as it is."""

    key: str
    title: str
    text: str
    address: str
    when: date | datetime
    changed: datetime
    begins: datetime | None = None


Source = Callable[[User], Iterable[Entry]]
_sources: list[Source] = []


def dates(source: Source) -> Source:
    """Register the function below as one that gives entries of a person: in the active language, in a number of
    queries that does not grow."""
    _sources.append(source)
    return source


def entries_of(person: User) -> list[Entry]:
    return [entry for source in _sources for entry in source(person)]


def day_or_moment(moment: datetime) -> date | datetime:
    """A deadline at the end of a day is that day."""
    local = localtime(moment)
    return local.date() if (local.hour, local.minute) == (23, 59) else moment


def address_of_file(dossier: object) -> str:
    return settings.SITE_URL + reverse("dossier", args=[dossier])


@dates
def _files(person: User) -> Iterator[Entry]:
    """Deadlines of files that wait for the person, where home shows them."""
    rows = waiting_dossiers(person).filter(deadline_at__isnull=False)
    for row in rows.annotate(**parts_in_sql(Dossier, person.pk))[:MOST]:
        open_ = parts_of(row).open
        outside, scheme = reads_outer_words(row, open_), compiled(row.edition_id)
        if row.deadline_at is None or not open_:
            continue
        if not deadline_shown(scheme.workflow.states[row.state], outside=outside):
            continue
        with words_for_applicants(outside):
            words = isolated({"number": row.number, "state": state_title(row.edition_id, row.state)})
        yield Entry(
            key=f"file-{row.pk}",
            title=_("Deadline of file %(number)s: %(state)s") % words,
            text=scheme.workflow.title.in_language(language()),
            address=address_of_file(row.pk),
            when=day_or_moment(row.deadline_at),
            changed=row.entered_at,
        )


@dates
def _reviews(person: User) -> Iterator[Entry]:
    """The person's own reviews that are open and due, of files that are still theirs to review. Even before
    interests are declared: when it is due is all that is told."""
    theirs = files_of(person, "reviewer").order_by().values("pk")
    own = Assignment.objects.filter(
        reviewer=person, sent_at=None, released_at=None, due_at__isnull=False, dossier__in=theirs
    )
    for each in own.select_related("dossier").order_by("due_at", "pk")[:MOST]:
        dossier = each.dossier
        if each.due_at is None or dossier.state not in reviewed_in(dossier.edition_id):
            continue
        yield Entry(
            key=f"review-{each.pk}",
            title=_("Review due: file %(number)s") % isolated({"number": dossier.number}),
            text=compiled(dossier.edition_id).workflow.title.in_language(language()),
            address=address_of_file(dossier.pk),
            when=day_or_moment(each.due_at),
            changed=each.assigned_at,
        )


@dates
def _findings(person: User) -> Iterator[Entry]:
    """Findings that wait for the person, by when they are to be corrected."""
    rows = waiting_findings(person).annotate(**parts_in_sql(Finding, person.pk))
    for row in rows[:MOST]:
        when = _due(row)
        if when is None or "finding" not in visible(row, parts_of(row).open):
            continue
        words = isolated({"number": row.dossier.number, "criterion": criterion_title(row)})
        yield Entry(
            key=f"finding-{row.pk}",
            title=_("Finding to be corrected, file %(number)s: %(criterion)s") % words,
            text=state_title(row.edition_id, row.state),
            address=f"{address_of_file(row.dossier_id)}#finding-{row.pk}",
            when=when,
            changed=row.entered_at,
        )


def _due(finding: Finding) -> date | datetime | None:
    """The deadline of its state; else the day by which it was to be corrected, which may have passed."""
    return day_or_moment(finding.deadline_at) if finding.deadline_at else finding.due_on
