"""The trail of a file, and the proof that it is as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation_engine.decisions.since import since_decision
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.portal.dossier.changed import changed
from accreditation_engine.portal.dossier.finding_parts import reads_trail
from accreditation_engine.portal.dossier.finding_views import seen
from accreditation_engine.portal.dossier.findings import findings_seen
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader, reader_of
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.portal.people import signed_in
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.verification import Problem, Tally

from .access import AUDITOR
from .as_of import with_moments
from .looks import look
from .on_paper import on_paper, paged
from .timeline import timeline
from .verifying.problem_words import details_in_words, problem_title

PROBLEMS_TOLD = 5


@require_safe
def trail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every event of the file, the latest first; to be printed, from the beginning."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    page = paged(request, Event.objects.filter(stream=pk))
    context = {
        **frame(reader, "trail"),
        "page": page,
        "timeline": with_moments(pk, pk, timeline(reader, list(page))),
        "paper": on_paper(request, reader, page, reverse("trail", args=[pk])),
        "verify_url": reverse("verify_trail", args=[pk]),
        "finding_trails": list(_finding_trails(reader)),
        "changed": changed(reader, since_decision(reader.dossier)),
        "desk_url": f"{reverse('audit')}?file={reader.dossier.number}" if reader.plays(AUDITOR) else "",
    }
    looked(reader, "trail")
    return render(request, "portal/trail.html", context)


def looked(reader: Reader, page: str) -> None:
    """Whoever reads as an auditor is read as well."""
    if reader.plays(AUDITOR):
        look(reader.person, page, dossier=reader.dossier.pk)


def _finding_trails(reader: Reader) -> Iterator[dict[str, str]]:
    """Findings have trails of their own. One query."""
    titles = criterion_titles(reader.scheme)
    for each in findings_seen(reader):
        if reads_trail(reader, each):
            yield {
                "title": titles[each.rubric, each.criterion],
                "severity": severity_title(each.severity),
                "url": reverse("finding_trail", args=[reader.dossier.pk, each.pk]),
            }


@require_http_methods(["GET", "HEAD", "POST"])
def finding_trail(request: HttpRequest, pk: UUID, finding_pk: UUID) -> HttpResponse:
    """Every event of one finding, the latest first; a press of the button recomputes them."""
    reader, finding = seen(request, pk, finding_pk)
    if not reads_trail(reader, finding):
        raise Http404
    if request.method == "POST":
        looked(reader, "verification")
        _verify(request, finding.pk)
        return redirect("finding_trail", pk=pk, finding_pk=finding_pk)
    page = paged(request, Event.objects.filter(stream=finding.pk))
    here = reverse("finding_trail", args=[pk, finding_pk])
    place = f"{reverse('dossier', args=[pk])}#finding-{finding.pk}"
    context = {
        **frame(reader, "trail"),
        "page": page,
        "timeline": with_moments(pk, finding.pk, timeline(reader, list(page))),
        "paper": on_paper(request, reader, page, here),
        "verify_url": here,
        "finding": {
            "title": criterion_titles(reader.scheme)[finding.rubric, finding.criterion],
            "url": place,
        },
    }
    looked(reader, "trail")
    return render(request, "portal/trail.html", context)


@require_POST
def verification(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Recompute the trail of this file, and say what came of it."""
    reader = reader_of(signed_in(request), pk)
    reader.must_see("trail")
    looked(reader, "verification")
    _verify(request, pk)
    return redirect("trail", pk=pk)


def _in_words(problem: Problem, detail: str) -> str:
    facts = isolated({"what": problem_title(problem.code), "detail": detail, "seq": problem.seq})
    if problem.seq:
        return _("%(what)s (event %(seq)d): %(detail)s. Tell the administrator.") % facts
    return _("%(what)s: %(detail)s. Tell the administrator.") % facts


def _verify(request: HttpRequest, stream: UUID) -> None:
    tally = Tally()
    problems = list(islice(verify_all(stream=stream, tally=tally), PROBLEMS_TOLD))
    words = details_in_words({each.detail for each in problems})
    for what in dict.fromkeys(_in_words(each, words[each.detail]) for each in problems):
        messages.error(request, what)
    if not problems:
        right = ngettext(
            "Verified: %(count)d event stands as it was written, and the state of the file follows from it.",
            "Verified: %(count)d events stand as they were written, and the state of the file follows from them.",
            tally.events,
        )
        messages.success(request, right % isolated({"count": tally.events}))
