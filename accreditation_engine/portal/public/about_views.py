"""What a stranger learns before applying."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.views.decorators.http import require_safe

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Scheme

from .about_page import about_page, scheme_page
from .for_strangers import answer, in_preferred_language, known_language


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return in_preferred_language("about_in")


@login_not_required
@require_safe
def about_in(request: HttpRequest, spoken: str) -> HttpResponse:
    """The schemes that are open, how to apply, and figures."""
    with translation.override(known_language(spoken)):
        return answer(request, "portal/about.html", about_page(), page="about_in")


@login_not_required
@require_safe
def about_scheme(request: HttpRequest, spoken: str, name: str) -> HttpResponse:
    """One scheme: its way, what it asks, and what comes of it."""
    with translation.override(known_language(spoken)):
        scheme = get_object_or_404(Scheme, subject="dossier", name=name.replace("\x00", ""))
        context = scheme_page(compiled(scheme.edition_id))
        return answer(request, "portal/about_scheme.html", context, page="about_scheme", name=name)
