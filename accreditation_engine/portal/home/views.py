"""Home: what waits for the reader; and all the files they may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in_many
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import organisations_of
from accreditation_engine.portal.dossier.agreeing_waiting import proposals_waiting, unproposed_waiting
from accreditation_engine.portal.dossier.autosave_words import left_elsewhere
from accreditation_engine.portal.interests.may_object import objections_possible
from accreditation_engine.portal.interests.waiting import answers_waiting
from accreditation_engine.portal.news.last_visit import since_last_visit
from accreditation_engine.portal.people import files_of, parts_of, signed_in
from accreditation_engine.portal.profile.running_out import papers_running_out
from accreditation_engine.portal.questions.waiting import questions_waiting
from accreditation_engine.portal.queue.missing import reviewers_missing
from accreditation_engine.portal.queue.pointer import pointer
from accreditation_engine.portal.visits.ahead import shown_ahead, visits_ahead, visits_to_answer
from accreditation_engine.written import kept_text

from .administering import administration_waiting
from .filters import Filters
from .invitation import empty_home, invitations
from .rows import dossier_table, finding_table, with_own_due
from .waiting import schemes_of, waiting_findings, waiting_keys

ROWS = 20


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the most urgent first; then their other files. Strangers learn what this is."""
    if not request.user.is_authenticated:
        return _come_in() if settings.SESSION_COOKIE_NAME in request.COOKIES else redirect("about")
    person = signed_in(request)
    schemes = schemes_of(person)
    waiting = waiting_keys(person, schemes)
    page = Paginator(waiting, ROWS).get_page(request.GET.get("page"))
    shown, others = _files(person, list(page), waiting)
    findings = list(waiting_findings(person, schemes)[:ROWS])
    both = [*shown, *others]
    played, ahead = parts_in_many(person, both), visits_ahead(person)
    tasks = [*reviewers_missing(person, schemes), *administration_waiting(person)]
    offered = invitations(person)
    context = {
        "head": {"title": _("Welcome, %(name)s") % isolated({"name": person.name})},
        "since": since_last_visit(person),
        "page": page,
        "waiting": dossier_table(person, shown, _("Files that wait for you"), empty_home(person), played),
        "findings": finding_table(findings) if findings else None,
        "others": dossier_table(person, others, _("Other files of yours"), {}, played) if others else None,
        "invitations": offered,
        "invites_first": bool(offered) and not any(each["holds"] for each in offered),
        "tasks": tasks,
        "waits": len(waiting) + len(tasks),
        "answers": [
            *questions_waiting(person, schemes),
            *answers_waiting(person),
            *proposals_waiting(person, schemes),
            *unproposed_waiting(person, schemes),
            *visits_to_answer(person, ahead),
            *objections_possible(person, schemes),
        ],
        "papers": papers_running_out(person),
        "queue": pointer(person),
        "visits": shown_ahead(ahead),
        "elsewhere": _left_elsewhere(person, played),
    }
    return render(request, "portal/home.html", context)


def _come_in() -> HttpResponse:
    """For who was signed in, and is not any more."""
    return redirect_to_login(reverse("home"))


def _files(person: User, page: list[UUID], waiting: list[UUID]) -> tuple[list[Dossier], list[Dossier]]:
    """Those of the page, in its order, and the newest of those that do not wait. One query."""
    newest = files_of(person).exclude(pk__in=waiting).order_by("-opened_at").values("pk")[:ROWS]
    found = Dossier.objects.filter(Q(pk__in=page) | Q(pk__in=newest)).select_related("organisation")
    found = with_own_due(found, person)
    by_key = {each.pk: each for each in found.order_by("-opened_at")}
    shown = [by_key.pop(key) for key in page if key in by_key]
    return shown, list(by_key.values())


def _left_elsewhere(person: User, played: Mapping[UUID, Parts]) -> dict[str, Any]:
    reviewing = "reviewer" in parts_of(person)
    open_ = [pk for pk, parts in played.items() if "reviewer" in parts.open]
    return left_elsewhere(person, reverse("queue") if reviewing else "", files=open_)


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Every file that exists for the reader, narrowed down as the address says."""
    person = signed_in(request)
    filters = Filters.of(request, person)
    page = Paginator(with_own_due(filters.rows(), person), ROWS).get_page(request.GET.get("page"))
    season = filters.season.head() if filters.season else {}
    context = {
        "head": {"title": _("Accreditation files"), **season},
        "filters": filters,
        "page": page,
        "table": dossier_table(person, list(page), _("Accreditation files"), filters.empty()),
    }
    return render(request, "portal/files.html", context)


@require_POST
def open_file(request: HttpRequest) -> HttpResponse:
    """Open a file for an organisation that the reader acts for."""
    person = signed_in(request)
    organisation = get_object_or_404(
        organisations_of(person), registration_number=kept_text(request.POST.get("organisation", ""))
    )
    name = kept_text(request.POST.get("scheme", ""))
    scheme = get_object_or_404(Scheme, subject="dossier", name=name)
    try:
        dossier = open_dossier(organisation=organisation, scheme=scheme.name, by=person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("home")
    messages.success(request, _("The file %(number)s is open.") % isolated({"number": dossier.number}))
    return redirect("dossier", pk=dossier.pk)
