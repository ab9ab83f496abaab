"""One step for many files: thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.people import parts_of, signed_in
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.written import kept_text

from .batch_page import batch_page
from .models import Batch
from .page import sure_page, together_page
from .pressed import asked_before, key_of
from .running import FEW, ask_for
from .steps import COORDINATOR, Outcome, Ticked, lacks_comment, take_together, ticked_of

SURE, CHANGE = "sure", "change"
ALL = "all"


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """Choose a step, look at what stands against each file, read once more what is about to be done, and take it
    for those that are ticked."""
    person = signed_in(request)
    if COORDINATOR not in parts_of(person):
        raise Http404
    step = kept_text(request.POST.get("step") or request.GET.get("step", ""))
    if request.method != "POST":
        context = together_page(person, step, all_ready=request.GET.get("tick") == ALL)
        return render(request, "portal/together.html", context)
    sure, key = request.POST.get("act") == SURE, key_of(request.POST)
    if sure and asked_before(key, person):
        return redirect("batch", batch_pk=key)
    ticked, comment = ticked_of(person, step, request.POST.getlist("file")), request.POST.get("comment", "")
    if wrong := _wrong(request, person, step, ticked):
        context = together_page(person, step, ticked=ticked, comment=comment, wrong=wrong)
        context |= _so_far(request, 0, context["waiting"])
        return render(request, "portal/together.html", context, status=HTTPStatus.CONFLICT)
    if not ticked.waiting:
        return _answered(request, person, step, ticked, Outcome())
    if sure and len(ticked.waiting) > FEW:
        files = [(each, None) for each in ticked.waiting]
        ask_for(key=key, by=person, files=files, step=step, comment=comment)
        return redirect("batch", batch_pk=key)
    if sure:
        return _answered(request, person, step, ticked, take_together(person, step, ticked.waiting, comment))
    return _read_once_more(request, person, step, ticked)


def _read_once_more(request: HttpRequest, person: User, step: str, ticked: Ticked) -> HttpResponse:
    """What is about to be done; or the choice again, for whoever goes back to it."""
    comment = request.POST.get("comment", "")
    if request.POST.get("act") == CHANGE:
        context = together_page(person, step, ticked=ticked, comment=comment)
        return render(request, "portal/together.html", context | _so_far(request, 0, context["waiting"]))
    context = sure_page(person, step, ticked, comment=comment, done=request.POST.get("done", ""))
    return render(request, "portal/together_sure.html", context)


@require_safe
def batch(request: HttpRequest, batch_pk: UUID) -> HttpResponse:
    """How far something for many files has come: for whoever asked for it."""
    found = get_object_or_404(
        Batch.objects.select_related("asked_by"), pk=batch_pk, asked_by=signed_in(request)
    )
    return render(request, "portal/batch.html", batch_page(found))


def _wrong(request: HttpRequest, person: User, step: str, ticked: Ticked) -> list[dict[str, str]]:
    if not ticked.waiting and not ticked.moved:
        return [{"text": _("Tick the files for which the step is taken."), "target": "files"}]
    comment = request.POST.get("comment", "")
    unlike = unlike_text(comment)
    if request.POST.get("act") != CHANGE and lacks_comment(person, step, ticked, comment):
        unlike = [Reason("comment_missing")]
    return [{"text": str(each), "target": "comment"} for each in unlike]


def _answered(
    request: HttpRequest, person: User, step: str, ticked: Ticked, outcome: Outcome
) -> HttpResponse:
    """What was done and what was not. What was typed stays for the files that are left."""
    left = bool(outcome.refused or ticked.moved)
    comment = request.POST.get("comment", "") if left else ""
    context = together_page(person, step, outcome, ticked=ticked if left else None, comment=comment)
    context |= _so_far(request, len(outcome.done), context["waiting"])
    status = HTTPStatus.CONFLICT if left else HTTPStatus.OK
    return render(request, "portal/together.html", context, status=status)


def _so_far(request: HttpRequest, done_now: int, waiting: int) -> dict[str, Any]:
    """How many files of all are done, over as many pages as it takes: the page carries the number from one to the
    next."""
    done = (whole_number(request.POST.get("done", "")) or 0) + done_now
    progress = {"label": _("Done so far"), "value": done, "maximum": max(1, done + waiting)}
    return {"done_so_far": done, "progress": progress}


urlpatterns = [
    path("", together, name="together"),
    path("<uuid:batch_pk>/", batch, name="batch"),
]
