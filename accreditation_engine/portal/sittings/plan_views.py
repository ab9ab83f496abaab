"""Calling a sitting and changing what was planned: thin, from the request to what is done and shown."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.sittings.details import details_of
from accreditation_engine.decisions.sittings.doubts import DOUBTS
from accreditation_engine.decisions.sittings.planning import call_sitting, change_sitting
from accreditation_engine.decisions.sittings.rules import COORDINATOR, leads, schemes_called_by
from accreditation_engine.decisions.sittings.words import DOUBT_WORDS
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.words import state_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.whole_numbers import whole_number

from .form import SittingForm, agenda_typed, initial_of, offered, places_typed
from .shown import sitting_for


@require_http_methods(["GET", "HEAD", "POST"])
def new_sitting(request: HttpRequest) -> HttpResponse:
    """For coordinators. What is refused comes back as it was typed."""
    person = signed_in(request)
    own = schemes_called_by(person)
    if not own:
        raise Http404
    return _plan(request, person, own, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = signed_in(request)
    sitting = sitting_for(person, pk)
    if leads(person, sitting) != COORDINATOR:
        raise Http404
    return _plan(request, person, schemes_called_by(person), sitting)


def _plan(request: HttpRequest, person: User, own: list[str], sitting: Sitting | None) -> HttpResponse:
    rows = offered(person, own, sitting)
    if request.method != "POST":
        initial = initial_of(sitting, details_of(sitting)) if sitting else {}
        places = _places(sitting)
        return _show(request, SittingForm(own, initial=initial), rows, places, sitting)
    form = SittingForm(own, request.POST)
    places = places_typed(request.POST, rows)
    if not form.is_valid():
        return _show(request, form, rows, places, sitting)
    plan = form.plan(agenda_typed(places, rows, _kept(sitting, rows)), request.POST.getlist("sure"))
    try:
        if sitting is None:
            sitting = call_sitting(plan=plan, by=person)
        else:
            change_sitting(sitting=sitting, plan=plan, seen=_seen(request), by=person)
    except Refused as refused:
        return _show(request, form, rows, places, sitting, refused)
    messages.success(request, _("The sitting is planned. Everybody who is convened is told by mail."))
    return redirect("sitting", pk=sitting.pk)


def _seen(request: HttpRequest) -> int:
    number = whole_number(request.POST.get("seen", ""))
    return -1 if number is None else number


def _places(sitting: Sitting | None) -> dict[UUID, str]:
    return {each.dossier_id: str(each.place) for each in sitting.agenda.all()} if sitting else {}


def _kept(sitting: Sitting | None, rows: list[Dossier]) -> list[Dossier]:
    """What stands on the agenda and is closed to the coordinator."""
    if sitting is None:
        return []
    items = sitting.agenda.select_related("dossier").order_by("place")
    return [each.dossier for each in items if each.dossier not in rows]


def _target(reason: Reason) -> str:
    """The field to mend, or where it is confirmed."""
    return f"sure-{reason.code}" if reason.code in DOUBTS else "id_title_ar"


def _show(
    request: HttpRequest,
    form: SittingForm,
    rows: list[Dossier],
    places: dict[UUID, str],
    sitting: Sitting | None,
    refused: Refused | None = None,
) -> HttpResponse:
    reasons, sure = refused.reasons if refused else (), request.POST.getlist("sure")
    context: dict[str, Any] = {
        "head": {"title": _("Change the sitting") if sitting else _("Call a sitting")},
        "form": form,
        "sitting": sitting,
        "errors": [{"text": str(each), "target": _target(each)} for each in reasons],
        "doubts": [
            {"code": each, "title": DOUBT_WORDS[each], "sure": each in sure}
            for each in DOUBTS
            if each in sure or each in {reason.code for reason in reasons}
        ],
        "rows": [
            {
                "dossier": each,
                "name": each.organisation.name_in(language()),
                "state": state_title(each.edition_id, each.state),
                "place": places.get(each.pk, ""),
            }
            for each in rows
        ],
    }
    wrong = refused is not None or bool(form.errors)
    status = HTTPStatus.CONFLICT if wrong else HTTPStatus.OK
    return render(request, "portal/plan_sitting.html", context, status=status)
