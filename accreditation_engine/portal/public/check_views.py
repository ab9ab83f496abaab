"""Checking a certificate, for everybody: nothing that is brought is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.checking.brought import (
    LARGEST,
    LONGEST_NUMBER,
    check_file,
    check_number,
)
from accreditation_engine.certificates.checking.inside import Busy
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.portal.account.throttle import Door, is_shut, note_failure

from .check_page import check_page
from .limits import lookups_limited

CHECKING = Door("checking", 120, 120)  # files from one network address in a quarter of an hour
LONGEST_NAME = 120


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@lookups_limited
def check(request: HttpRequest) -> HttpResponse:
    """A file that is sent, or a number that is asked for."""
    if request.method == "POST":
        return _file(request)
    number = request.GET.get("number", "").replace("\x00", "").strip()[:LONGEST_NUMBER]
    return _answer(request, checked=check_number(number) if number else None, of=number, number=number)


def _file(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or not file.name:
        return _answer(request, HTTPStatus.BAD_REQUEST, file_error=_("Choose the file to check."))
    if (file.size or 0) > LARGEST:  # of one that is far too large nothing is left to be read
        words = _("The file is larger than %(most)s MB. Certificates of ours have less than one.")
        told = words % isolated({"most": str(LARGEST // 2**20)})
        return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, file_error=told)
    if is_shut(request, "", CHECKING):
        words = _(
            "Many files were checked from your network. Wait a quarter of an hour, or look the number up."
        )
        return _answer(request, HTTPStatus.TOO_MANY_REQUESTS, problem=words)
    note_failure(request, "", CHECKING)
    try:
        checked = check_file(file.read())
    except Busy:
        words = _(
            "Many people are checking files at this moment. Try again in a minute, or look the number up."
        )
        return _answer(request, HTTPStatus.SERVICE_UNAVAILABLE, problem=words)
    return _answer(request, checked=checked, of=file.name[:LONGEST_NAME])


def _answer(request: HttpRequest, status: HTTPStatus = HTTPStatus.OK, **told: Any) -> HttpResponse:
    return render(request, "portal/check.html", check_page(**told), status=status)
