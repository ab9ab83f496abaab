"""Verifying the whole trail: the button, how far it is, all runs, and one run with what it found."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.jobs.worker_seen import worker_was_seen
from accreditation_engine.portal.auditor.access import desk_of
from accreditation_engine.portal.auditor.desk_frame import desk_frame
from accreditation_engine.portal.auditor.looks import look
from accreditation_engine.portal.templatetags.dates import day_in_words

from .models import VerificationRun
from .running import KEPT, is_dead, start
from .shown import badge, problems, progress, table, verdict, who

RUNS = 20


@require_http_methods(["GET", "HEAD", "POST"])
def verifications(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    if request.method == "POST":
        look(desk.person, "verification_all")
        run, new = start(desk.person)
        if not new:
            messages.info(request, _("A verification is under way already; this is the one."))
        return (
            redirect("audit_verification_run", run=run.pk) if run.ended_at else redirect("audit_verification")
        )
    page = Paginator(VerificationRun.objects.select_related("asked_by").order_by("-pk"), RUNS).get_page(
        request.GET.get("page")
    )
    running = VerificationRun.objects.filter(open=True).select_related("asked_by").first()
    context = {
        **desk_frame("audit_verification"),
        "page": page,
        "table": table(page),
        "running": _running(running) if running and not is_dead(running) else None,
        "dead": _dead() if running and is_dead(running) else None,
    }
    return render(request, "portal/audit_verification.html", context)


def _running(run: VerificationRun) -> dict[str, object]:
    """One query more while it waits: whether anybody is there to run it."""
    lonely = run.begun_at is None and not worker_was_seen()
    return {"run": run, "who": who(run), "progress": progress(run), "lonely": lonely}


def _dead() -> dict[str, str]:
    """For parts/notice.html."""
    text = _(
        "The worker that ran the last verification has given no sign of life for some minutes. Begin anew."
    )
    return {"kind": "warning", "title": _("Broke off"), "text": text}


@require_safe
def verification_run(request: HttpRequest, run: int) -> HttpResponse:
    desk = desk_of(request)
    found = VerificationRun.objects.select_related("asked_by").filter(pk=run).first()
    if found is None:
        raise Http404
    shown, hidden = problems(desk, found)
    title = _("Verification of %(day)s") % isolated({"day": day_in_words(found.asked_at)})
    context = {
        **desk_frame("audit_verification", title),
        "run": found,
        "who": who(found),
        "badge": badge(found),
        "verdict": verdict(found),
        "problems": shown,
        "hidden": hidden,
        "more": found.found > KEPT,
    }
    look(desk.person, "verification_run", asked={"run": str(run)})
    return render(request, "portal/audit_verification_run.html", context)
