"""Home: what waits for the reader; and all the files they may see."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.queries import organisations_worked_for
from accreditation_engine.portal.people import signed_in
from accreditation_engine.written import kept_text

from .filters import Filters
from .page import ROWS, home_page
from .rows import dossier_table, with_own_due


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, the most urgent first; then their other files. Strangers learn what this is."""
    if not request.user.is_authenticated:
        return _come_in() if settings.SESSION_COOKIE_NAME in request.COOKIES else redirect("about")
    context = home_page(signed_in(request), request.GET.get("page"))
    return render(request, "portal/home.html", context)


def _come_in() -> HttpResponse:
    """For who was signed in, and is not any more."""
    return redirect_to_login(reverse("home"))


@require_safe
def files(request: HttpRequest) -> HttpResponse:
    """Every file that exists for the reader, narrowed down as the address says."""
    person = signed_in(request)
    filters = Filters.of(request, person)
    page = Paginator(with_own_due(filters.rows(), person), ROWS).get_page(request.GET.get("page"))
    season = filters.season.head() if filters.season else {}
    context = {
        "head": {"title": _("Accreditation files"), **season},
        "filters": filters,
        "page": page,
        "table": dossier_table(person, list(page), _("Accreditation files"), filters.empty()),
    }
    return render(request, "portal/files.html", context)


@require_POST
def open_file(request: HttpRequest) -> HttpResponse:
    """Open a file for an organisation that the reader acts for."""
    person = signed_in(request)
    organisation = get_object_or_404(
        organisations_worked_for(person), registration_number=kept_text(request.POST.get("organisation", ""))
    )
    name = kept_text(request.POST.get("scheme", ""))
    scheme = get_object_or_404(Scheme, subject="dossier", name=name)
    try:
        dossier = open_dossier(organisation=organisation, scheme=scheme.name, by=person)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("home")
    messages.success(request, _("The file %(number)s is open.") % isolated({"number": dossier.number}))
    return redirect("dossier", pk=dossier.pk)
