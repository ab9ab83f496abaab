"""The register that a stranger looks a certificate up in."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.printing import print_certificate
from accreditation_engine.certificates.queries import certificate_by_number, certificates_matching

from .entry import (
    changed_notice,
    chart_of,
    facts_of,
    holder,
    meaning_of,
    public_badge,
    replaced_notice,
    scores_of,
)
from .listing import table_of

ROWS = 25
LONGEST_SEARCH = 200


@login_not_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All certificates, or those that match what is looked for."""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH]
    page = Paginator(certificates_matching(words), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "table": table_of(page, searched=bool(words.strip())), "words": words}
    return render(request, "portal/register.html", context)


@login_not_required
@require_safe
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
