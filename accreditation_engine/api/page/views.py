"""The page of the API, in the language that the reader prefers or that the address names."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation_engine.api import callers, limits
from accreditation_engine.portal.public.for_strangers import answer, in_preferred_language, known_language

from . import samples
from .operations import messages, problems, scopes, sections


@login_not_required
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    return in_preferred_language("api_page_in")


@login_not_required
@require_safe
def api_page_in(request: HttpRequest, spoken: str) -> HttpResponse:
    with translation.override(known_language(spoken)):
        site = settings.SITE_URL
        context = {
            "head": {"title": _("The API for programs")},
            "described_at": site + reverse("api:openapi-json"),
            "tokens": reverse("api_tokens"),
            "per_address": limits.PER_MINUTE,
            "per_token": callers.PER_MINUTE,
            "sections": sections(),
            "scopes": scopes(),
            "problems": problems(),
            "webhook_messages": messages(),
            "register_sample": samples.filled(samples.REGISTER, site),
            "files_sample": samples.filled(samples.FILES, site),
            "step_sample": samples.filled(samples.STEP, site),
            "walk_sample": samples.filled(samples.WALK, site),
            "receiver_sample": samples.RECEIVER,
        }
        return answer(request, "api/page.html", context, page="api_page_in")
