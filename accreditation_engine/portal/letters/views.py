"""How the mail stands, for administrators; and what they do about what went wrong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.organisations.erasing import ERASER
from accreditation_engine.organisations.letters.models import Mail
from accreditation_engine.portal.people import parts_of, signed_in

from .deciding import OPEN, leave, send_again
from .standing import Standing, standing

ROWS = 20


@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    _administrator(request)
    found = standing()
    troubled = Mail.objects.filter(state__in=OPEN).annotate(count=Count("letters")).select_related("person")
    page = Paginator(troubled.order_by("-made_at", "pk"), ROWS).get_page(request.GET.get("page"))
    context = {
        "head": {"title": _("Mail")},
        "standing": found,
        "stats": _stats(found),
        "page": page,
        "mails": [{"mail": each, "doubt": each.state == Mail.State.UNKNOWN} for each in page],
    }
    return render(request, "portal/letters.html", context)


def _stats(found: Standing) -> list[dict[str, Any]]:
    return [
        {"title": _("Letters that wait"), "value": found.waiting},
        {"title": _("Mails tried again"), "value": found.retried},
        {"title": _("Mails in doubt"), "value": found.doubt, "tone": "warning" if found.doubt else ""},
        {"title": _("Mails given up"), "value": found.given_up, "tone": "bad" if found.given_up else ""},
    ]


@require_POST
def decide(request: HttpRequest, mail_pk: UUID) -> HttpResponse:
    """Send it again, or leave it."""
    _administrator(request)
    again = request.POST.get("act") == "again"
    done = send_again(mail_pk) if again else leave(mail_pk)
    if not done:
        messages.info(request, _("Somebody has decided about this mail already."))
    elif again:
        messages.success(request, _("The mail goes with the next round, within a minute or two."))
    else:
        messages.success(request, _("The mail is left unsent."))
    return redirect("letters")


def _administrator(request: HttpRequest) -> None:
    if ERASER not in parts_of(signed_in(request)):
        raise Http404
