"""Drawing reviewers for many files at once. Thin, from the request to what is done and shown."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import files_of, parts_of, signed_in
from accreditation_engine.portal.together.pressed import key_of
from accreditation_engine.portal.together.running import FEW, ask_for
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.allocation.drawing import DRAWER
from accreditation_engine.reviews.allocation.many import draw_for_many

from .many_page import AT_ONCE, many_page


@require_http_methods(["GET", "HEAD", "POST"])
def draw_many(request: HttpRequest) -> HttpResponse:
    """The files with open places, and a draw for all that are ticked. Pressed twice, or reloaded, a file whose
    reviewers have changed since is not drawn for again."""
    person = signed_in(request)
    if DRAWER not in parts_of(person):
        raise Http404
    if request.method != "POST":
        return render(request, "portal/draw_many.html", many_page(person))
    chosen = _chosen(request, person)
    if not chosen:
        messages.error(request, _("No file is ticked. Tick those for which reviewers are to be drawn."))
    if len(chosen) > FEW:
        return redirect("batch", batch_pk=ask_for(key=key_of(request.POST), by=person, files=chosen).pk)
    drawings = draw_for_many(dossiers=chosen, by=person)
    return render(request, "portal/draw_many.html", many_page(person, drawings))


def _chosen(request: HttpRequest, person: User) -> list[tuple[Dossier, int]]:
    """Files that are ticked, in the order of the page, each with how many assignments the page knew of; what is no
    file of the reader's does not exist."""
    ticked: dict[UUID, int] = {}
    for typed in request.POST.getlist("file")[:AT_ONCE]:
        key, _dot, written = typed.partition(".")
        pk, so_far = identifier(key), whole_number(written)
        if pk is not None and so_far is not None:
            ticked[pk] = so_far
    files = {each.pk: each for each in files_of(person, DRAWER).filter(pk__in=list(ticked))}
    return [(files[pk], so_far) for pk, so_far in ticked.items() if pk in files]
