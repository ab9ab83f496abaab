"""What the page of papers shows: how many of those issued together have theirs, and which wait."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.finished.standing import Progress, progress, without_paper
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.worker_seen import worker_was_seen
from accreditation_engine.organisations.administering import ADMINISTRATOR, administered_by
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.administration.access import Administrator
from accreditation_engine.portal.administration.frame import frame
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import files_of, parts_of
from accreditation_engine.portal.season.late import COORDINATOR
from accreditation_engine.told import in_this_language

ROWS = 50
JOB, LISTS = "papers", "status lists"
Context = dict[str, Any]


def papers_page(person: User, asked: QueryDict) -> Context:
    """The context of portal/papers.html. The same number of queries for 1 certificate as for 1,000."""
    reader = _administrator(person)
    found = certificates_of(person, reader)
    standing = progress(found)
    waiting = found.filter(without_paper()).select_related("dossier__organisation")
    page = Paginator(waiting.order_by("issued_on", "number"), ROWS).get_page(asked.get("page"))
    return {
        **(frame(reader, "papers") if reader else {}),
        "head": {"eyebrow": _("Certificates"), "title": _("Papers being made")},
        "running": _running(standing) if standing.waiting else None,
        "trouble": _trouble(reader) if standing.overdue else "",
        "overdue": standing.overdue,
        "lists": lists_trouble(reader),
        "page": page,
        "table": _table(page),
    }


def _administrator(person: User) -> Administrator | None:
    """At most one query."""
    return Administrator(person, administered_by(person)) if ADMINISTRATOR in parts_of(person) else None


def certificates_of(person: User, reader: Administrator | None) -> QuerySet[Certificate]:
    """Those of the files that `person` coordinates, and of the schemes that they administer as `reader`."""
    if reader and reader.schemes is None:
        return Certificate.objects.all()
    mine = Q(dossier__in=files_of(person, COORDINATOR).order_by().values("pk"))
    return Certificate.objects.filter(mine | Q(dossier__scheme__in=reader.schemes or ()) if reader else mine)


def _running(standing: Progress) -> Context:
    return {
        "progress": {
            "value": standing.made,
            "maximum": standing.issued,
            "label": _("Papers of the certificates issued since the oldest that waits"),
        },
        "lonely": not worker_was_seen(),
    }


def lists_trouble(reader: Administrator | None) -> str:
    """What stood in the way of signing the status lists the last time, as `_trouble`. One query at most."""
    return _trouble(reader, LISTS)


def _trouble(reader: Administrator | None, job: str = JOB) -> str:
    """What stood in the way the last time, for those who can do something about it: it may name a key's file."""
    if reader is None or reader.schemes is not None:
        return ""
    told = PeriodicRun.objects.filter(pk=job).values_list("error", flat=True).first()
    return in_this_language(told or "")


def _table(page: Page[Certificate]) -> Context:
    return {
        "caption": _("Certificates that wait for their paper"),
        "hide_caption": True,
        "columns": [{"title": each} for each in (_("Certificate"), _("Organisation"), _("Issued on"))],
        "rows": [{"cells": _cells(each)} for each in page],
        "empty": {"sentence": _("Every certificate has its paper.")},
    }


def _cells(certificate: Certificate) -> list[Context]:
    organisation = certificate.dossier.organisation
    names = (organisation.name_ar, organisation.name_en)
    return [
        {
            "value": certificate.number,
            "kind": "code",
            "url": reverse("register_entry", args=[certificate.number]),
        },
        {"value": names[1] if language().startswith("en") else names[0]},
        {"value": certificate.issued_on, "kind": "day"},
    ]
