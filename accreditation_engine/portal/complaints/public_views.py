"""A concern in the register: raised by anybody, and followed by whoever has its secret."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.queries import certificate_by_number
from accreditation_engine.complaints.domain import add_to_concern, is_over, raise_concern
from accreditation_engine.complaints.filing import files_of
from accreditation_engine.complaints.models import Complaint
from accreditation_engine.complaints.queries import complaint_by_secret, story_of
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.account.throttle import DAY, Door, is_shut, note_failure
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.erased_words import or_erased
from accreditation_engine.portal.public.entry import holder
from accreditation_engine.portal.public.limits import lookups_limited, too_many
from accreditation_engine.portal.tried import Tried, attempt, typed_in, wrong_in
from accreditation_engine.uploads.words import FILE_REASONS

from .files import FILES, files_entry, listed
from .form import ConcernForm, about_in_words
from .telling import confirm_receipt

CONCERNS = Door("concerns", 20, 20, window=DAY)
"""Raised or added to, from one network address in a day."""
OF_FILES = Door("files of concerns", 40, 40, window=DAY)
"""The same of the files that come along."""
ADD = "add"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@lookups_limited
def complain(request: HttpRequest, number: str) -> HttpResponse:
    """About the organisation that holds this certificate."""
    certificate = certificate_by_number(number.strip())
    if certificate is None:
        raise Http404
    dossier = certificate.dossier
    form = ConcernForm(dossier, *([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST":
        if _floods(request):
            return too_many(request, wait=int(DAY.total_seconds()))
        if form.is_valid():
            try:
                raised = raise_concern(dossier=dossier, concern=form.concern, uploads=form.uploads)
            except Refused as refused:
                form.refused(refused)
            else:
                _note(request)
                confirm_receipt(raised.complaint, raised.secret)
                return redirect("concern", secret=raised.secret)
    context = {
        "form": form,
        "certificate": certificate,
        "head": {"title": _("Raise a concern about this organisation"), "meta": [holder(certificate)]},
        "breadcrumbs": [
            {"title": _("Public register"), "url": reverse("register")},
            {"title": certificate.number, "url": reverse("register_entry", args=[certificate.number])},
            {"title": _("Raise a concern")},
        ],
    }
    status = HTTPStatus.CONFLICT if form.errors else HTTPStatus.OK
    return render(request, "portal/complain.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@lookups_limited
def concern(request: HttpRequest, secret: str) -> HttpResponse:
    """Where it stands, what was said, and a place to add to it. Nothing that others wrote."""
    complaint = complaint_by_secret(secret)
    if complaint is None:
        raise Http404
    tried = None
    if request.method == "POST":
        if _floods(request):
            return too_many(request, wait=int(DAY.total_seconds()))
        text, files = request.POST.get("text", ""), request.FILES.getlist(FILES)
        tried = attempt(request, ADD, lambda: add_to_concern(complaint=complaint, text=text, uploads=files))
        if tried is None:
            _note(request)
            messages.success(request, _("What you wrote was added to your concern."))
            return redirect("concern", secret=secret)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/concern.html", _page(request, complaint, tried), status=status)


def _floods(request: HttpRequest) -> bool:
    """Two queries at most."""
    return is_shut(request, "", CONCERNS) or (bool(request.FILES) and is_shut(request, "", OF_FILES))


def _note(request: HttpRequest) -> None:
    note_failure(request, "", CONCERNS)
    for _each in request.FILES.getlist(FILES):
        note_failure(request, "", OF_FILES)


def _page(request: HttpRequest, complaint: Complaint, tried: Tried | None) -> dict[str, Any]:
    story = story_of(complaint)
    codes = [each.code for each in tried.reasons] if tried else []
    error, bad_files = (
        wrong_in(tried, ADD, *(each for each in codes if (each in FILE_REASONS) is of_files)) if tried else ""
        for of_files in (False, True)
    )
    return {
        "head": {"title": _("Your concern"), "meta": [complaint.number]},
        "address": request.build_absolute_uri(request.path),
        "mailed": bool(story.contact.mail),
        "facts": [
            {"term": _("Number"), "value": complaint.number, "kind": "code"},
            {
                "term": _("Organisation"),
                "value": complaint.dossier.organisation.name_in(language()),
                "url": reverse("register_organisation", args=[complaint.dossier.organisation_id]),
            },
            {
                "term": _("State"),
                "value": state_title(complaint.edition_id, complaint.state),
                "note": _after_it(complaint),
            },
            {"term": _("Since"), "value": complaint.entered_at, "kind": "day"},
            *concern_facts(complaint),
        ],
        "said": said_in_words(story.said, files_of(complaint), read=False),
        "errors": [
            {"text": each, "target": name} for name, each in (("text", error), (FILES, bad_files)) if each
        ],
        "files_entry": {**files_entry(), "error": bad_files},
        "entry": None
        if is_over(complaint)
        else {
            "name": "text",
            "label": _("Add to it"),
            "value": typed_in(tried, ADD, "text"),
            "error": error,
            "required": True,
        },
    }


def _after_it(complaint: Complaint) -> str:
    if not is_over(complaint):
        return ""
    return _(
        "It is over. The organisation is told the reasons, and what it has to do where the concern was upheld; how"
        " its certificates stand is in the register."
    )


def concern_facts(complaint: Complaint) -> list[dict[str, Any]]:
    """What it is about, and when it happened, where that was said."""
    facts: list[dict[str, Any]] = []
    if complaint.about:
        words = about_in_words(complaint.dossier, complaint.about)
        facts.append({"term": _("Principle of the code of conduct"), "value": words})
    if complaint.happened_on:
        facts.append({"term": _("When it happened"), "value": complaint.happened_on, "kind": "day"})
    return facts


def said_in_words(said: Any, files: Mapping[int, Any], *, read: bool) -> list[dict[str, Any]]:
    """[{at, text, files}] of what whoever raised it wrote, in order; files lead somewhere where they may be
    `read`."""
    return [
        {
            "at": each.event.at,
            "text": or_erased(each.comment, each.erased_at),
            "files": listed(files.get(each.event.seq, ()), read=read),
        }
        for each in said
    ]
