"""Sittings: the list of them, one with its agenda, and what is done in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.decisions.models import Sitting
from accreditation_engine.decisions.sittings.attending import Stay, note_attendance
from accreditation_engine.decisions.sittings.details import details_of
from accreditation_engine.decisions.sittings.ending import cancel_sitting, close_sitting
from accreditation_engine.decisions.sittings.rules import schemes_called_by
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.people import signed_in

from .page import sitting_page, standing_badge
from .shown import sitting_for, sittings_for

ROWS = 20


@require_safe
def sittings(request: HttpRequest) -> HttpResponse:
    """Those that the reader may look at, the latest first."""
    person = signed_in(request)
    rows = sittings_for(person).order_by("-starts_at", "pk")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    shown = list(page)
    calls = bool(schemes_called_by(person))
    context = {
        "head": {"title": _("Sittings")},
        "page": page,
        "calls": calls,
        "table": _table(shown, calls=calls),
    }
    return render(request, "portal/sittings.html", context)


def _table(rows: list[Sitting], *, calls: bool) -> dict[str, Any]:
    new = {"title": _("Call a sitting"), "url": reverse("new_sitting")}
    empty: dict[str, Any] = {
        "title": _("No sitting has been called"),
        "sentence": _(
            "A coordinator calls one: who is convened, when and where, and which files are decided."
        ),
    }
    return {
        "caption": _("Sittings"),
        "hide_caption": True,
        "columns": [
            {"title": _("Sitting")},
            {"title": _("Begins")},
            {"title": _("Place")},
            {"title": _("State")},
        ],
        "rows": [
            {
                "cells": [
                    {"value": details_of(each).title(each), "url": reverse("sitting", args=[each.pk])},
                    {"value": each.starts_at, "kind": "moment"},
                    {"value": details_of(each).place},
                    {"badge": standing_badge(each)},
                ]
            }
            for each in rows
        ],
        "empty": {**empty, "action": new} if calls else empty,
    }


@require_safe
def sitting(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sitting with its agenda, as far as each file is the reader's to see."""
    person = signed_in(request)
    found = sitting_for(person, pk)
    return render(request, "portal/sitting.html", sitting_page(found, person))


@require_POST
def attendance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who came, and from when to when; a time that is left out is that of the sitting's beginning."""
    person = signed_in(request)
    found = sitting_for(person, pk)
    return _done(
        request,
        found,
        lambda: note_attendance(
            sitting=found, stays=_stays(found, request.POST), by=person, reason=request.POST.get("why", "")
        ),
    )


def _stays(sitting: Sitting, post: QueryDict) -> dict[UUID, Stay]:
    """Raises Refused for what is typed and is no time."""
    found = {}
    for member in sitting.convened.values_list("member", flat=True):
        if post.get(f"came-{member}"):
            came = _moment(post.get(f"from-{member}", "")) or sitting.starts_at
            found[member] = Stay(came, _moment(post.get(f"to-{member}", "")))
    return found


def _moment(typed: str) -> datetime | None:
    if not typed.strip():
        return None
    try:
        moment = parse_datetime(typed.strip()[:40])
    except ValueError:
        moment = None
    if moment is None:
        raise Refused([Reason("not_a_time")])
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = signed_in(request)
    found = sitting_for(person, pk)
    return _done(request, found, lambda: close_sitting(sitting=found, by=person))


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = signed_in(request)
    found = sitting_for(person, pk)
    reason = request.POST.get("reason", "")
    return _done(request, found, lambda: cancel_sitting(sitting=found, reason=reason, by=person))


def _done(request: HttpRequest, sitting: Sitting, act: Callable[[], None]) -> HttpResponse:
    """What is refused comes back as it was typed."""
    try:
        act()
    except Refused as refused:
        context = sitting_page(sitting, signed_in(request), refused=refused, typed=request.POST)
        return render(request, "portal/sitting.html", context, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Saved."))
    return redirect("sitting", pk=sitting.pk)
