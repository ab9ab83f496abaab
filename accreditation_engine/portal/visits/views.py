"""The pages of visits: all of a file, one to plan, and one with all that happens to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.criterion_choice import criterion_typed
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.portal.given_back import page_with_typed
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.sending.handed import any_handed, files_handed
from accreditation_engine.portal.tried import Tried
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number
from accreditation_engine.reviews.site_visits.answering import ask_for_another_date, confirm_visit
from accreditation_engine.reviews.site_visits.holding import close_visit, hold_visit
from accreditation_engine.reviews.site_visits.models import Visit
from accreditation_engine.reviews.site_visits.planning import (
    at_short_notice,
    cancel_visit,
    describe_visit,
    move_visit,
    plan_visit,
    units_drawn,
)
from accreditation_engine.reviews.site_visits.seeing import (
    file_on_visit,
    files_seen,
    note_on_visit,
    take_back_seen,
)
from accreditation_engine.reviews.site_visits.standing import file_closed
from accreditation_engine.written import kept_text

from .page import visit_page, visit_place, why_not_planning
from .plan_form import FIELDS, Typed, absent_people, by_field, people_offered, shown_form
from .seen import Names, listed, visit_seen, visits_seen


@require_safe
def visits(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every visit of the file that the reader may know of."""
    reader = reader_of(signed_in(request), pk)
    found = visits_seen(reader)
    context = {
        **frame(reader, "visits"),
        "visits": listed(found, Names.of(found)),
        "plans": not why_not_planning(reader) and not file_closed(reader.dossier),
    }
    return render(request, "portal/visits.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A visit to plan."""
    reader = reader_of(signed_in(request), pk)
    barred = why_not_planning(reader)
    if any(each.code == "not_your_role" for each in barred):
        raise Http404
    offered = people_offered(reader)
    if request.method != "POST":
        only = tuple(str(each.pk) for each in offered) if len(offered) == 1 else ()
        typed = Typed(zone=get_current_timezone_name(), people=only)
        return _show_form(request, reader, typed, [*barred, *file_closed(reader.dossier)])
    typed = Typed.of(request.POST)
    try:
        planned = plan_visit(
            dossier=reader.dossier,
            kind=typed.kind,
            unit=typed.unit,
            meeting=typed.meeting(reader, offered),
            agenda=typed.agenda,
            by=reader.person,
        )
    except Refused as refused:
        return _show_form(request, reader, typed, refused.reasons, sent=True)
    messages.success(request, _("The visit is planned. The organisation and those who go are told."))
    _warn_of_short_notice(request, planned)
    return redirect("visit", pk=pk, seq=planned.seq)


def _show_form(
    request: HttpRequest,
    reader: Reader,
    typed: Typed,
    reasons: list[Reason] | tuple[Reason, ...],
    *,
    sent: bool = False,
) -> HttpResponse:
    wrong, others = by_field(reasons, FIELDS)
    told = [{"text": str(each)} for each in others]
    offered, units = people_offered(reader), units_drawn(reader.dossier)
    absent = absent_people(reader.dossier, offered)
    context = {
        **frame(reader, "visits"),
        "form": shown_form(typed, offered, absent, units, wrong),
        "wrong": wrong,
        "errors": [{"text": text, "target": name} for name, text in wrong.items()],
        "notice": {"kind": "refusal", "urgent": True, "title": _("This was not done"), "reasons": told}
        if told
        else None,
    }
    if sent:
        return page_with_typed(request, "portal/new_visit.html", context)
    return render(request, "portal/new_visit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, pk: UUID, seq: int) -> HttpResponse:
    """One visit; what is done about it is sent here."""
    reader = reader_of(signed_in(request), pk)
    found = visit_seen(reader, seq)
    if request.method != "POST":
        context = visit_page(reader, found, criterion=request.GET.get("criterion", ""))
        return render(request, "portal/visit.html", context)
    form = "take_back" if "take_back" in request.POST else request.POST.get("act", "")
    if form not in ACTS:
        raise BadRequest("no such act")
    act, words = ACTS[form]
    try:
        act(request, reader, found)
    except Refused as refused:
        return _refused(request, reader, seq, Tried(form, refused.reasons, _typed(request)))
    messages.success(request, words())
    if form == "move":
        _warn_of_short_notice(request, visit_seen(reader, seq))
    return redirect(_onwards(request, reverse("visit", args=[pk, seq]), form))


def _warn_of_short_notice(request: HttpRequest, planned: Visit) -> None:
    if at_short_notice(planned):
        words = _(
            "It begins in less than a day: the organisation may not read of it in time. Call it as well."
        )
        messages.warning(request, words)


def _onwards(request: HttpRequest, address: str, form: str) -> str:
    """Back to the visit; whoever looks at one criterion goes on with it."""
    if form != "see":
        return address
    return f"{address}?{urlencode({'criterion': request.POST.get('criterion', '')})}#see"


def _refused(request: HttpRequest, reader: Reader, seq: int, tried: Tried) -> HttpResponse:
    """The visit as it stands now, with what was typed."""
    typed = Typed.of(request.POST) if tried.form == "move" else None
    context = visit_page(reader, visit_seen(reader, seq), tried, typed)
    return page_with_typed(request, "portal/visit.html", context)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: ",".join(str(each) for each in values) for name, values in request.POST.lists()}


def _confirm(request: HttpRequest, reader: Reader, found: Visit) -> None:
    confirm_visit(visit=found, seen=_seen(request), by=reader.person)


def _other_date(request: HttpRequest, reader: Reader, found: Visit) -> None:
    reason = request.POST.get("reason", "")
    ask_for_another_date(visit=found, seen=_seen(request), reason=reason, by=reader.person)


def _agenda(request: HttpRequest, reader: Reader, found: Visit) -> None:
    describe_visit(visit=found, agenda=request.POST.get("agenda", ""), by=reader.person)


def _move(request: HttpRequest, reader: Reader, found: Visit) -> None:
    typed = Typed.of(request.POST)
    meeting = typed.meeting(reader, people_offered(reader, found))
    move_visit(visit=found, meeting=meeting, reason=typed.reason, by=reader.person)


def _cancel(request: HttpRequest, reader: Reader, found: Visit) -> None:
    cancel_visit(visit=found, reason=request.POST.get("reason", ""), by=reader.person)


def _see(request: HttpRequest, reader: Reader, found: Visit) -> None:
    """The note first, then each file by itself: one that is refused does not stop the others."""
    criterion, note = criterion_typed(request.POST.get("criterion", "")), request.POST.get("note", "")
    reasons: list[Reason] = []
    if not kept_text(note) and not any_handed(request):
        reasons.append(Reason("nothing_seen"))
    if criterion not in criterion_titles(reader.scheme):
        reasons.append(Reason("criterion_not_chosen"))
    if reasons:
        raise Refused(reasons)
    if kept_text(note):
        note_on_visit(visit=found, criterion=criterion, text=note, by=reader.person)
    with files_handed(request, reader.person, visit_place(found), "camera", "files") as handed:
        handed.each_by_itself(
            lambda upload: file_on_visit(visit=found, criterion=criterion, upload=upload, by=reader.person)
        )


def _take_back(request: HttpRequest, reader: Reader, found: Visit) -> None:
    pk = whole_number(request.POST.get("take_back", ""), digits=OF_A_ROW)
    take_back_seen(visit=found, evidence=get_object_or_404(files_seen(found), pk=pk), by=reader.person)


def _hold(request: HttpRequest, reader: Reader, found: Visit) -> None:
    there = [each for each in found.people if each in request.POST.getlist("attended")]
    people = list(User.objects.filter(pk__in=there).order_by("pk"))
    hold_visit(visit=found, attended=people, met=request.POST.get("met", ""), by=reader.person)


def _close(request: HttpRequest, reader: Reader, found: Visit) -> None:
    close_visit(visit=found, report=request.POST.get("report", ""), by=reader.person)


def _seen(request: HttpRequest) -> datetime:
    """Which date stood on the page that was sent."""
    try:
        return datetime.fromisoformat(request.POST.get("seen", ""))
    except ValueError as error:
        raise BadRequest("no such moment") from error


Act = Callable[[HttpRequest, Reader, Visit], None]
ACTS: dict[str, tuple[Act, Callable[[], str]]] = {
    "confirm": (_confirm, lambda: _("The visit is confirmed.")),
    "other_date": (_other_date, lambda: _("Your wish is kept. Those who planned the visit are told.")),
    "agenda": (_agenda, lambda: _("What will be looked at is written down.")),
    "move": (_move, lambda: _("The visit is changed. The organisation is asked to confirm it anew.")),
    "cancel": (_cancel, lambda: _("The visit is cancelled. The organisation and those who go are told.")),
    "see": (_see, lambda: _("Kept. Go on with the next.")),
    "take_back": (_take_back, lambda: _("The file is taken back.")),
    "held": (_hold, lambda: _("Written down: the visit took place.")),
    "close": (_close, lambda: _("The visit is closed with its report.")),
}
"""By the name of its form, what is done, and what is said of it then."""
