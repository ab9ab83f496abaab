"""The register that a stranger looks a certificate up in."""

from __future__ import annotations

import logging
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.finished.finishing import paper_to_give
from accreditation_engine.certificates.finished.keeping import PaperLost, file_of
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.queries import certificate_by_number
from accreditation_engine.portal.upkeep.waiting import asked_for_certificate

from .badge import snippet_of
from .entry import (
    being_made,
    changed_notice,
    chart_of,
    facts_of,
    holder,
    language,
    lost,
    meaning_of,
    public_badge,
    replaced_notice,
    scores_of,
)
from .for_programs import SOON
from .limits import lookups_limited
from .organisation_page import organisation_page
from .search_page import register_page
from .spoken_as_asked import languages_of, spoken_as_asked
from .structured import certificate_data
from .upkept import upkeep_facts

log = logging.getLogger(__name__)


@login_not_required
@require_safe
@lookups_limited
@spoken_as_asked
def register(request: HttpRequest) -> HttpResponse:
    """All certificates, or those that match what is looked for."""
    context = {**register_page(request), **languages_of(request)}
    return render(request, "portal/register.html", context)


@login_not_required
@require_safe
@lookups_limited
@spoken_as_asked
def organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who the organisation is, and all certificates that it holds or held; others are not in the register."""
    found = organisation_page(pk)
    if found is None:
        raise Http404
    return render(request, "portal/register_organisation.html", {**found, **languages_of(request)})


@login_not_required
@require_safe
@lookups_limited
@spoken_as_asked
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate: whether it holds, whose it is, and what it says."""
    certificate = certificate_by_number(number.strip(), asked=asked_for_certificate())
    if certificate is None:
        return render(request, "portal/no_certificate.html", {"number": number}, status=HTTPStatus.NOT_FOUND)
    return render(
        request,
        "portal/register_entry.html",
        {
            "certificate": certificate,
            "holder": holder(certificate),
            "badge": public_badge(certificate),
            "meaning": meaning_of(certificate),
            "changed": changed_notice(certificate),
            "replaced": replaced_notice(certificate),
            "facts": [*facts_of(certificate), *upkeep_facts(certificate)],
            "scores": scores_of(certificate),
            "chart": chart_of(certificate),
            "snippet": snippet_of(certificate, language()),
            "structured": certificate_data(certificate),
            **languages_of(request),
            "breadcrumbs": _crumbs(number),
        },
    )


@login_not_required
@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as it was signed. The register is public, and so is this. Without a paper that holds, a page
    says why there is none."""
    certificate = certificate_by_number(number)
    if certificate is None:
        raise Http404
    if (changed := changed_notice(certificate)) is not None:
        return _no_paper(request, certificate, changed, HTTPStatus.CONFLICT)
    found = paper_to_give(certificate)
    if found is None:
        return _no_paper(request, certificate, being_made(), HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        content = file_of(found)
    except PaperLost as error:
        log.error("The paper of %s is lost: %s", certificate.number, error)
        return _no_paper(request, certificate, lost(), HTTPStatus.SERVICE_UNAVAILABLE)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _no_paper(
    request: HttpRequest, certificate: Certificate, notice: dict[str, str], status: HTTPStatus
) -> HttpResponse:
    context = {"certificate": certificate, "notice": notice, "breadcrumbs": _crumbs(certificate.number)}
    response = render(request, "portal/no_paper.html", context, status=status)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(SOON)
    return response


def _crumbs(number: str) -> list[dict[str, str]]:
    return [{"title": _("Public register"), "url": reverse("register")}, {"title": number}]
