"""Files drawn at random for audit: the form, the draws so far, and each draw with its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.home.rows import dossier_table
from accreditation_engine.portal.people import files_of
from accreditation_engine.portal.templatetags.dates import instant_in_words
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.audit_samples import draw_once
from accreditation_engine.trail.models import Event

from .access import AUDITOR, Desk, desk_of
from .desk_frame import desk_frame
from .exporting import offered_of_sample
from .looks import look
from .sample_form import asked_in, shown
from .samples_drawn import draws_of

SHOWN = 50
USUAL = 10


@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: HttpRequest) -> HttpResponse:
    """One page, one draw, however often its button is pressed: the seed is made then, and nobody can try again
    without that being seen."""
    desk = desk_of(request)
    refused, draws = "", list(draws_of(desk.person).order_by("-seq")[:SHOWN])
    last = draws[0].seq if draws else 0
    asked = asked_in(desk, request.POST if request.method == "POST" else QueryDict(f"size={_at_first(desk)}"))
    if request.method == "POST" and not asked.wrong:
        try:
            event, new = draw_once(
                population=asked.population(timezone.now()),
                by=desk.person,
                seen=_seen(request.POST.get("seen", ""), last),
                size=asked.size,
                percent=asked.percent,
            )
        except Refused as found:
            refused = str(found)
        else:
            if not new:
                messages.info(
                    request,
                    _(
                        "This was drawn from the same page already; here it is. For another draw, open that page"
                        " anew."
                    ),
                )
            return redirect("audit_sample", seq=event.seq)
    context = {
        **desk_frame("audit_samples"),
        "form": shown(asked),
        "refusal": {"kind": "refusal", "text": refused, "urgent": True} if refused else None,
        "draws": [_draw(each) for each in draws],
        "seen": _seen(request.POST.get("seen", ""), last),
    }
    return render(request, "portal/audit_samples.html", context)


@require_safe
def sample(request: HttpRequest, seq: int) -> HttpResponse:
    """The files of one draw, in the order in which they were drawn."""
    desk = desk_of(request)
    event = draws_of(desk.person).filter(seq=seq).first()
    if event is None:
        raise Http404
    numbers = event.data["drawn"]
    place = {number: at for at, number in enumerate(numbers)}
    files = sorted(
        files_of(desk.person, AUDITOR).filter(number__in=numbers), key=lambda each: place[each.number]
    )
    title = _("Sample of %(at)s") % isolated({"at": instant_in_words(event.at)})
    context = {
        **desk_frame("audit_samples", title),
        "draw": _draw(event),
        "population": event.data["population"],
        "seed": event.data["seed"],
        "email": desk.person.email,
        "table": dossier_table(
            desk.person, files, _("Files drawn"), {"sentence": _("None of them can be seen now.")}
        ),
        "hidden": len(numbers) - len(files),
        "exports": offered_of_sample(seq),
    }
    look(desk.person, "sample", asked={"event": str(seq)})
    return render(request, "portal/audit_sample.html", context)


def _seen(typed: str, last: int) -> int:
    """The last draw that stood on the page; without a word of it, all there are."""
    number = whole_number(typed)
    return last if number is None else number


def _at_first(desk: Desk) -> int:
    """So many are asked for where nobody has said how many: no more than there are."""
    there = files_of(desk.person, AUDITOR).values("pk")[:USUAL].count()
    return max(1, there)


def _draw(event: Event) -> dict[str, Any]:
    data = event.data
    return {
        "at": event.at,
        "url": reverse("audit_sample", args=[event.seq]),
        "event_url": reverse("audit_event", args=[event.stream, event.seq]),
        "count": len(data["drawn"]),
        "of": data["population"]["count"],
    }
