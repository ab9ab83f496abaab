"""Raising a finding, naming who sees to it, and filing what was done."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation_engine.definitions.rubric import Severity
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import signed_in
from accreditation_engine.reviews.findings import (
    Found,
    file_correction,
    findings_welcome,
    name_owner,
    raise_finding,
)
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.words import SEVERITIES, severity_title

from .findings import findings_seen
from .forms import LONGEST_COMMENT
from .page import frame
from .reader import Reader, reader_of
from .rubrics import all_sections, criterion_titles, language


@require_http_methods(["GET", "HEAD", "POST"])
def new_finding(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A form for reviewers, while reviews are made or have just been closed."""
    reader = reader_of(signed_in(request), pk)
    if not (reader.plays("reviewer") and findings_welcome(reader.dossier)):
        raise Http404
    reasons: tuple[Reason, ...] = ()
    if request.method == "POST":
        try:
            raise_finding(dossier=reader.dossier, found=_found(request, reader), by=reader.person)
        except Refused as refused:
            reasons = refused.reasons
        else:
            messages.success(request, _("The finding is raised."))
            return redirect("dossier", pk=pk)
    status = HTTPStatus.CONFLICT if reasons else HTTPStatus.OK
    return render(request, "portal/new_finding.html", _form(request, reader, reasons), status=status)


def _found(request: HttpRequest, reader: Reader) -> Found:
    typed = request.POST
    rubric, _colon, criterion = typed.get("criterion", "").partition(":")
    severity = typed.get("severity", "")
    if severity not in SEVERITIES:
        raise BadRequest("no such severity")
    numbers = [int(each) for each in typed.getlist("evidence") if each.isdecimal()]
    return Found(
        criterion=(rubric, criterion),
        severity=cast(Severity, severity),
        text=typed.get("text", "")[:LONGEST_COMMENT],
        evidence=list(Evidence.objects.filter(dossier=reader.dossier, pk__in=numbers)),
        due_on=_day(typed.get("due_on", "")),
    )


def _day(typed: str) -> Any:
    try:
        return parse_date(typed) if typed else None
    except ValueError:
        raise BadRequest("no such day") from None


def _form(request: HttpRequest, reader: Reader, reasons: tuple[Reason, ...]) -> dict[str, Any]:
    titles, typed = criterion_titles(reader.scheme), request.POST
    files = Evidence.objects.filter(dossier=reader.dossier, taken_back_at=None)
    chosen = set(typed.getlist("evidence"))
    groups = [
        {
            "title": f"{section.rubric.title.in_language(language())}: {section.title}",
            "options": [
                {
                    "value": f"{section.rubric.id}:{each.id}",
                    "label": f"{number} {titles[section.rubric.id, each.id]}",
                }
                for number, each in section.criteria
            ],
        }
        for section in all_sections(reader.scheme)
    ]
    return {
        **frame(reader, "dossier"),
        "errors": [{"text": str(each), "target": ""} for each in reasons],
        "groups": groups,
        "severities": [{"value": each, "label": severity_title(each)} for each in SEVERITIES],
        "files": [
            {
                "pk": each.pk,
                "name": each.name,
                "of": titles.get((each.rubric, each.criterion), ""),
                "chosen": str(each.pk) in chosen,
            }
            for each in files.order_by("rubric", "criterion", "pk")
        ]
        if reader.sees("evidence")
        else [],
        "typed": {name: typed.get(name, "") for name in ("criterion", "severity", "text", "due_on")},
    }


@require_POST
def owner(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """Who sees to the corrective action; nobody in particular when nobody is chosen."""
    reader, finding = _seen(request, pk, finding_pk)
    chosen = request.POST.get("owner", "")
    person = get_object_or_404(_members(reader), email=chosen) if chosen else None
    try:
        name_owner(finding=finding, owner=person, by=reader.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It is written down who sees to this finding."))
    return _back(reader, finding)


@require_POST
def file(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """A file that shows what was done."""
    reader, finding = _seen(request, pk, finding_pk)
    for upload in request.FILES.getlist("file"):
        try:
            file_correction(finding=finding, upload=upload, by=reader.person)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The file is added."))
    return _back(reader, finding)


def _members(reader: Reader) -> Any:
    current = {"memberships__organisation": reader.dossier.organisation_id, "memberships__ended_at": None}
    return User.objects.filter(**current).distinct()


def _seen(request: HttpRequest, pk: UUID, finding_pk: UUID) -> tuple[Reader, Finding]:
    """A finding that the reader does not see does not exist."""
    reader = reader_of(signed_in(request), pk)
    seen = [each.pk for each in findings_seen(reader)]
    return reader, get_object_or_404(Finding.objects.filter(pk__in=seen), pk=finding_pk)


def _back(reader: Reader, finding: Finding) -> HttpResponse:
    return redirect(reverse("dossier", args=[reader.dossier.pk]) + f"#finding-{finding.pk}")
