"""The queue: what is mine, what waits, and taking a place. Thin, from the request to what is done and shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queue.claiming import claim, claim_next

from .page import queue_page


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What the reader reviews, then what waits for a reviewer."""
    context = queue_page(_reviewer(request), request.GET.get("page"))
    return render(request, "portal/queue.html", context)


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the first of what waits. A form that is sent twice takes one."""
    person = _reviewer(request)
    try:
        assignment = claim_next(by=person, had=whole_number(request.POST.get("had", "")))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("queue")
    if assignment is None:
        messages.info(request, _("Nothing waits for you now: every place is taken."))
        return redirect("queue")
    return _taken(request, assignment)


@require_POST
def take_place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a place of one file."""
    person = _reviewer(request)
    dossier = get_object_or_404(Dossier.objects.filter(granted("reviewer", Dossier, person.pk)), pk=pk)
    try:
        assignment = claim(dossier=dossier, by=person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("queue")
    return _taken(request, assignment)


def _reviewer(request: HttpRequest) -> User:
    """The page does not exist for whoever reviews under no scheme."""
    person = signed_in(request)
    if "reviewer" not in parts_of(person):
        raise Http404
    return person


def _taken(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    words = {"number": assignment.dossier.number}
    if assignment.due_at is None:
        messages.success(request, _("The file %(number)s is yours to review.") % isolated(words))
    else:
        due = {**words, "day": day_in_words(assignment.due_at)}
        said = _("The file %(number)s is yours to review; the review is due on %(day)s.")
        messages.success(request, said % isolated(due))
    return redirect("dossier", pk=assignment.dossier_id)
