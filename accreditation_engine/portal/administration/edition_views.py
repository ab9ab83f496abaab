"""Schemes and their editions: seen, checked, drawn, compared, opened for new files, and files brought
under them."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.dossiers.migrating import migrate_files
from accreditation_engine.engine.migrating import MIGRATED
from accreditation_engine.engine.pressed_again import recorded_just_now
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.opening_schemes import open_under
from accreditation_engine.portal.tried import Tried, attempt, typed_text
from accreditation_engine.written import kept_text

from .access import administrator
from .edition_page import OPEN, compare_page, edition_of, edition_page, is_proved
from .migrate_page import AT_ONCE, MIGRATE, migrate_page, told_in_words
from .schemes_page import editions_page, scheme_named, schemes_page


@require_safe
def edition_schemes(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/edition_schemes.html", schemes_page(administrator(request)))


@require_safe
def editions(request: HttpRequest, name: str) -> HttpResponse:
    reader = administrator(request)
    return render(request, "portal/editions.html", editions_page(reader, scheme_named(reader, name)))


@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, name: str, edition_hash: str) -> HttpResponse:
    """One edition; it is opened for new files where it is proved."""
    reader = administrator(request)
    scheme = scheme_named(reader, name)
    found = edition_of(scheme, edition_hash)
    tried = None
    if request.method == "POST":
        if request.POST.get("act") != OPEN:
            raise BadRequest("no such act")
        tried = attempt(request, OPEN, lambda: open_under(edition=found, by=reader.person))
        if tried is None:
            messages.success(request, _("New files are opened under this edition from now on."))
            return redirect("edition", name=name, edition_hash=edition_hash)
    context = edition_page(reader, scheme, found, tried)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/edition.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def migrate(request: HttpRequest, name: str, edition_hash: str) -> HttpResponse:
    """The files in flight that would come under an edition, and bringing them there."""
    reader = administrator(request)
    scheme = scheme_named(reader, name)
    found = edition_of(scheme, edition_hash)
    if scheme.subject != "dossier":
        raise Http404
    if not is_proved(found.pk):
        return redirect("edition", name=name, edition_hash=edition_hash)
    tried = None
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            done = migrate_files(edition=found, by=reader.person, reason=reason, most=AT_ONCE)
        except Refused as refused:
            tried = Tried(MIGRATE, tuple(refused.reasons), typed_text(request))
        else:
            moved = len(done.moved) or _moved_just_now(reader.person, found.pk, reason)
            messages.success(request, told_in_words(moved, len(done.left)))
            return redirect("migrate", name=name, edition_hash=edition_hash)
    context = migrate_page(reader, scheme, found, tried)
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/migrate.html", context, status=status)


def _moved_just_now(person: User, edition: str, reason: str) -> int:
    """Of a button that was pressed twice the first press moved the files; the second tells of the same."""
    events = recorded_just_now(MIGRATED, person.pk, kept_text(reason))
    return sum(each.edition == edition for each in events)


@require_safe
def compare_editions(request: HttpRequest, name: str) -> HttpResponse:
    reader = administrator(request)
    scheme = scheme_named(reader, name)
    pair = (request.GET.get(side, scheme.edition_id) for side in ("old", "new"))
    return render(request, "portal/compare_editions.html", compare_page(reader, scheme, *pair))
