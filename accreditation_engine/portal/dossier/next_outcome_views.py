"""The page that says what is missing for a better outcome."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.portal.people import signed_in

from .next_outcome import next_outcomes
from .page import frame
from .reader import reader_of


@require_safe
def next_outcome(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whoever sees the scores; for nobody else it exists."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("scores")
    context = frame(reader, "dossier")
    context["breadcrumbs"] = [*context["breadcrumbs"], {"title": _("What is missing for a better outcome")}]
    return render(request, "portal/next_outcome.html", {**context, "sheets": next_outcomes(reader)})
