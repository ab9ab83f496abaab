"""The score to expect from the organisation's own ratings."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.portal.dossier.page import frame

from .applicant import applicant
from .expected import expected_sheets


@require_safe
def expected(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the organisation alone: what it gave itself is its own to reckon with."""
    reader = applicant(request, pk)
    context = frame(reader, "answers")
    context["breadcrumbs"] = [*context["breadcrumbs"], {"title": _("The score to expect")}]
    return render(request, "portal/expected_outcome.html", {**context, "sheets": expected_sheets(reader)})
