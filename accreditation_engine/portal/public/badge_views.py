"""The badge, for pages of other sites."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from accreditation_engine.certificates.queries import certificate_by_number

from .badge import badge_of, badge_of_nothing

KEPT = 300  # seconds: a suspension is seen soon


@login_not_required
@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:
    """An image says 404 as well, and shows why: who sees it looks at another page."""
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    certificate = certificate_by_number(number.strip())
    if certificate is None:
        drawn, status = badge_of_nothing(language), HTTPStatus.NOT_FOUND
    else:
        drawn, status = badge_of(certificate, language), HTTPStatus.OK
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8", status=status)
    response["Content-Language"] = language
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=KEPT)
    return response
