"""The page on which an organisation opens the file that renews its certificate."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.certificates.renewing import not_renewable, renew
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import reader_of
from accreditation_engine.portal.people import signed_in

from .views import find_certificate


@require_http_methods(["GET", "HEAD", "POST"])
def renew_certificate(request: HttpRequest, pk: UUID, certificate_pk: UUID) -> HttpResponse:
    """What a renewal is, and the button that begins one; or why there is none."""
    reader = reader_of(signed_in(request), pk)
    if not reader.acts("applicant"):
        raise Http404
    reader.must_see("decision")
    certificate = find_certificate(reader, certificate_pk)
    reasons, status = not_renewable(certificate), HTTPStatus.OK
    if request.method == "POST":
        try:
            renewal = renew(certificate=certificate, by=reader.person)
        except Refused as refused:
            reasons, status = list(refused.reasons), HTTPStatus.CONFLICT
        else:
            words = _(
                "The file %(number)s is open, and what you answered before is carried over into it. Look through"
                " it area by area."
            )
            messages.success(request, words % isolated({"number": renewal.dossier.number}))
            return redirect("self_assessment", pk=renewal.dossier.pk)
    context = {
        **frame(reader, "dossier"),
        "certificate": certificate,
        "reasons": [{"text": str(each)} for each in reasons],
    }
    return render(request, "portal/renew_certificate.html", context, status=status)
