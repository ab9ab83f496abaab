"""Handing a review over: thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.people import signed_in
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import assignments_of
from accreditation_engine.reviews.queue.handing_over import hand_over

from .hand_over import Typed, hand_over_page


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_review(request: HttpRequest, pk: UUID, assignment_pk: int) -> HttpResponse:
    """Choose a colleague and say why. What is refused comes back as it was typed."""
    reader = reader_of(signed_in(request), pk)
    assignment = _assignment(reader, assignment_pk)
    if request.method != "POST":
        return render(request, "portal/hand_over.html", hand_over_page(reader, assignment))
    typed = Typed.of(request.POST)
    to = get_object_or_404(granted_people("reviewer", reader.dossier.scheme), email=typed.to)
    try:
        hand_over(assignment=assignment, to=to, reason=typed.reason, by=reader.person)
    except Refused as refused:
        context = hand_over_page(reader, assignment, typed, refused)
        return render(request, "portal/hand_over.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("The review is now with %(name)s.") % isolated({"name": to.name}))
    still_seen = dossiers_of(reader.person).filter(pk=pk).exists()
    return redirect("dossier", pk=pk) if still_seen else redirect("queue")


def _assignment(reader: Reader, assignment_pk: int) -> Assignment:
    """A reviewer has their own alone."""
    unsent = assignments_of(reader.dossier.pk).filter(sent_at=None)
    theirs = unsent if reader.plays("coordinator") else unsent.filter(reviewer=reader.person)
    return get_object_or_404(theirs, pk=assignment_pk)
