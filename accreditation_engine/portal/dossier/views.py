"""The pages of one dossier that all who see it share: thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.words import state_title, transition_title
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted_people
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.sending.handed import any_handed
from accreditation_engine.reviews.amending import times_amended
from accreditation_engine.reviews.apart import reviews_given
from accreditation_engine.reviews.domain import assign, release
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.reviews.queries import assignments_of
from accreditation_engine.written import kept_text

from .acts import Tried, take, version_of, version_of_file
from .agreement import agreement_of
from .answers import answered_sections
from .filing import file_sent, keep_words, refused_file
from .finding_views import seen
from .findings import NAMED, findings_seen, place_of_finding
from .history import moves
from .overview import overview_of
from .page import frame
from .ratings import rating_tables
from .reader import Reader, reader_of
from .release_form import can_be_mended, release_form
from .settled import settled
from .since_last import narrowed_sections, wants_changed_only
from .states import shown_title


@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where the dossier stands, and what the reader may do; its transitions are sent here."""
    reader = reader_of(signed_in(request), pk)
    if request.method != "POST":
        return show(request, reader)
    dossier = reader.dossier
    moved = moves(dossier.pk, *(each.pk for each in findings_seen(reader)))
    tried = take(dossier, reader.person, request.POST, version_of_file(reader, moved))
    if tried is not None:
        return show(request, reader_of(reader.person, pk), tried)
    state = shown_title(reader.scheme, dossier.state, outside=reader.outside)
    return done(request, reader, dossier, state)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """A step in the life of a finding; a finding that the reader does not see does not exist. Whoever comes by a
    link, or loads the page of a refused step again, is led to the finding's place in its file."""
    reader, subject = seen(request, pk, finding_pk)
    place = place_of_finding(pk, subject.pk)
    if request.method != "POST":
        return redirect(place)
    version = version_of(subject, subject.entered_seq, happened=times_amended(subject))
    if reasons := file_sent(request, subject, reader.person):
        return show(request, reader_of(reader.person, pk), refused_file(request, subject, reasons))
    tried = take(subject, reader.person, request.POST, version)
    if tried is not None:
        return show(request, reader_of(reader.person, pk), tried)
    return done(request, reader, subject, state_title(subject.edition_id, subject.state), place)


@require_POST
def file(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """Files that show what was done, before it is reported: what was typed of the report stays."""
    reader, subject = seen(request, pk, finding_pk)
    if reasons := file_sent(request, subject, reader.person):
        return show(request, reader_of(reader.person, pk), refused_file(request, subject, reasons))
    if any_handed(request):
        messages.success(request, _("The file is added."))
    address, place = reverse("finding", args=[pk, subject.pk]), place_of_finding(pk, subject.pk)
    keep_words(request, reader.person, page=place, address=address)
    return redirect(place)


def show(request: HttpRequest, reader: Reader, tried: Tried | None = None) -> HttpResponse:
    """The overview; after a refusal with what was typed, and every reason at the top."""
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    named = identifier(request.GET.get(NAMED, ""))
    return render(request, "portal/dossier.html", overview_of(reader, tried, named), status=status)


def done(
    request: HttpRequest, reader: Reader, subject: Subject, state: str, place: str | None = None
) -> HttpResponse:
    """Say what was done, and show the page anew: a reload repeats nothing."""
    step = request.POST["transition"]
    words = {"step": transition_title(subject.edition_id, step), "state": state}
    scheme = compiled(subject.edition_id)
    if any(rule.name == "record_vote" for rule in scheme.workflow.transitions[step].then):
        said = _("Your vote is in.")
    elif subject.state in scheme.workflow.transitions[step].from_:
        said = _("Done: %(step)s.") % isolated(words)
    else:
        said = _("Done: %(step)s. The state is now “%(state)s”.") % isolated(words)
    messages.success(request, said)
    return redirect(place or reverse("dossier", args=[reader.dossier.pk]))


@require_safe
def answers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The self-assessment, to read."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("answers")
    sections, only_changed = narrowed_sections(answered_sections(reader), wants_changed_only(request))
    context = {**frame(reader, "answers"), "sections": sections, "only_changed": only_changed}
    return render(request, "portal/answers.html", context)


@require_safe
def ratings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each reviewer gave, side by side, and what was agreed where they were too far apart."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("ratings")
    reviews = reviews_given(reader.dossier)
    agreed = settled(reader, reviews)
    context = {
        **frame(reader, "ratings"),
        "settled": agreed.shown,
        "tables": rating_tables(reader, reviews, agreed.cells),
        "agreement": agreement_of(reader),
        "scores_seen": reader.sees("scores"),
    }
    return render(request, "portal/ratings.html", context)


@require_POST
def assign_reviewer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to review."""
    reader = reader_of(signed_in(request), pk)
    people = granted_people("reviewer", reader.dossier.scheme)
    reviewer = get_object_or_404(people, email=kept_text(request.POST.get("reviewer", "")))
    try:
        assign(dossier=reader.dossier, reviewer=reviewer, by=reader.person)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s is asked to review.") % isolated({"name": reviewer.name}))
    return redirect(reverse("dossier", args=[pk]) + "#reviewers")


@require_POST
def release_reviewer(request: HttpRequest, pk: UUID, assignment_pk: int) -> HttpResponse:
    """Take a review from its reviewer, or give one's own back."""
    reader = reader_of(signed_in(request), pk)
    assignment = get_object_or_404(_releasable(reader), pk=assignment_pk)
    reason = request.POST.get("reason", "")
    try:
        release(assignment=assignment, by=reader.person, reason=reason)
    except Refused as refused:
        if can_be_mended(refused):
            context = release_form(reader, assignment, reason, refused)
            return render(request, "portal/release.html", context, status=HTTPStatus.CONFLICT)
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The review is released."))
    return _if_still_seen(reader.person, pk)


def _releasable(reader: Reader) -> QuerySet[Assignment]:
    mine = assignments_of(reader.dossier.pk)
    return mine if reader.plays("coordinator") else mine.filter(reviewer=reader.person)


def _if_still_seen(person: User, pk: UUID) -> HttpResponse:
    """Whoever gave a review back does not see the dossier any more."""
    there = dossiers_of(person).filter(pk=pk).exists()
    return redirect("dossier", pk=pk) if there else redirect("home")
