"""The register that a stranger looks a certificate up in."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.printing import print_certificate
from accreditation_engine.certificates.queries import certificate_by_number

from .badge import snippet_of
from .entry import (
    changed_notice,
    chart_of,
    facts_of,
    holder,
    language,
    meaning_of,
    public_badge,
    replaced_notice,
    scores_of,
)
from .limits import lookups_limited
from .organisation_page import organisation_page
from .search_page import register_page
from .spoken_as_asked import languages_of, spoken_as_asked
from .structured import certificate_data


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
    certificate = certificate_by_number(number.strip())
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
            "facts": facts_of(certificate),
            "scores": scores_of(certificate),
            "chart": chart_of(certificate),
            "snippet": snippet_of(certificate, language()),
            "structured": certificate_data(certificate),
            **languages_of(request),
            "breadcrumbs": [{"title": _("Public register"), "url": reverse("register")}, {"title": number}],
        },
    )


@login_not_required
@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The certificate as it was printed; it says what its page says. The register is public, and so is this."""
    certificate = certificate_by_number(number)
    if certificate is None:
        raise Http404
    response = HttpResponse(print_certificate(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{certificate.number}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
