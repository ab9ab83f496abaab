"""How far the papers are: how many certificates wait for theirs, and whether one has waited too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.said_anew import SAID_ANEW
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.jobs.status import Backlog, backlog
from accreditation_engine.trail.models import Event

PATIENCE = timedelta(minutes=30)
"""A thousand certificates that are issued at once have their papers by then."""


def without_paper() -> Q:
    """Certificates that have none which says what they say now. Asked for each by the index of papers: joined,
    SQLite looked through all papers for each certificate."""
    due = Paper.objects.filter(certificate=OuterRef("pk"), version__gte=OuterRef("paper_due"))
    return Q(~Exists(due))


@dataclass(frozen=True)
class Progress:
    """`waiting` certificates have no paper that says what they say now, `overdue` of them for long. `issued`
    counts all that were issued since the day of the oldest that waits, with their papers or without."""

    waiting: int
    overdue: int
    issued: int

    @property
    def made(self) -> int:
        return self.issued - self.waiting


def progress(among: QuerySet[Certificate] | None = None) -> Progress:
    """Of the certificates `among`, or of all. Two queries; one where nothing waits."""
    everything = Certificate.objects.all() if among is None else among
    patient = timezone.now() - PATIENCE
    asked_anew = Event.objects.filter(stream=OuterRef("pk"), kind__in=SAID_ANEW, at__gte=patient)
    late = Count("pk", filter=Q(entered_at__lt=patient) & ~Q(Exists(asked_anew)))
    counted = (
        everything.filter(without_paper())
        .order_by()
        .aggregate(waiting=Count("pk"), overdue=late, since=Min("issued_on"))
    )
    if not counted["waiting"]:
        return Progress(0, 0, 0)
    issued = everything.filter(issued_on__gte=counted["since"]).count()
    return Progress(counted["waiting"], counted["overdue"], issued)


def in_words(found: Progress) -> str:
    if not found.waiting:
        return _("every certificate has its paper")
    words = ngettext("%(count)d certificate waits", "%(count)d certificates wait", found.waiting)
    said = [words % isolated({"count": found.waiting})]
    if found.overdue:
        words = ngettext("%(count)d of them for too long", "%(count)d of them for too long", found.overdue)
        said.append(words % isolated({"count": found.overdue}))
    return str(_("; ")).join(said)


@backlog("papers")
def _backlog() -> Backlog:
    found = progress()
    counts = {"certificates_waiting": found.waiting, "certificates_overdue": found.overdue}
    return Backlog(counts, in_words(found), wrong=bool(found.overdue))
