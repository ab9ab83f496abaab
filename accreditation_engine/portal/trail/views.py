"""The pages of the trail for everybody."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation_engine.portal.account.throttle import LETTERS, is_shut, note_failure
from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.transparency.checkpoints import latest
from accreditation_engine.trail.transparency.published import EventInclusion, NotPublished, event_inclusion

from .forms import EventForm, SubscribeForm
from .subscribing import answer_request, confirm, leave, request_of
from .told import checkpoint_facts, checkpoints_table, inclusion_facts, keys_told

ROWS = 25


@login_not_required
@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """What was signed so far, and the ways to keep and compare it."""
    return _page(request, SubscribeForm())


@login_not_required
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for checkpoints by mail. The answer is the same whoever asks."""
    form = SubscribeForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if not is_shut(request, email, LETTERS):
            note_failure(request, email, LETTERS)
            answer_request.enqueue(email, _language())
            messages.success(
                request,
                _(
                    "A letter is on its way to this address. Open the link in it to get checkpoints from then on."
                ),
            )
            return redirect("checkpoints")
        form.add_error(
            "email",
            _(
                "At most one letter a day goes to an address, and one network asks for so many only. Look among"
                " unwanted mail as well, or ask again tomorrow."
            ),
        )
    return _page(request, form)


def _page(request: HttpRequest, form: SubscribeForm) -> HttpResponse:
    last = latest()
    earlier = Checkpoint.objects.order_by("-size")
    page = Paginator(earlier.filter(size__lt=last.size) if last else earlier, ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "last": last,
        "facts": checkpoint_facts(last) if last else [],
        "page": page,
        "table": checkpoints_table(page),
        "keys": keys_told(Key.objects.order_by("-made_at")),
        "form": form,
        "event_form": EventForm(),
    }
    return render(request, "portal/checkpoints.html", context)


@login_not_required
@require_safe
def event_place(request: HttpRequest) -> HttpResponse:
    """Whether an event is under the latest checkpoint, and the proof of it."""
    form = EventForm(request.GET)
    context: dict[str, Any] = {"form": form, "breadcrumbs": _crumbs(_("The place of an event"))}
    if form.is_valid():
        context |= _place(form.cleaned_data["hash"])
    return render(request, "portal/event_place.html", context)


def _place(event_hash: str) -> dict[str, Any]:
    try:
        found: EventInclusion = event_inclusion(event_hash)
    except NotPublished as error:
        return {
            "notice": {"kind": "warning", "title": _("Not in the trail as it was signed"), "text": str(error)}
        }
    return {
        "notice": {
            "kind": "success",
            "title": _("This event is in it"),
            "text": _("With the hashes below, anybody can come from the event's hash to the signed root."),
        },
        "facts": inclusion_facts(found),
        "path": [each.hex() for each in found.proof.path],
        "size": found.proof.size,
    }


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_subscription(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter. Opening it changes nothing, since mail programs open links too; the button does."""
    asked = request_of(token)
    if asked is None:
        return render(request, "portal/subscription_too_old.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST":
        confirm(asked["email"], asked["language"])
        messages.success(
            request, _("You get every new checkpoint from now on; the latest one is on its way.")
        )
        return redirect("checkpoints")
    return render(request, "portal/confirm_subscription.html", {"email": asked["email"]})


@login_not_required
@csrf_exempt  # mail programs have a button of their own for it (RFC 8058); the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, subscriber: UUID) -> HttpResponse:
    if request.method == "POST":
        leave(subscriber)
        messages.success(request, _("You get no more checkpoints by mail."))
        return redirect("checkpoints")
    return render(request, "portal/unsubscribe.html")


def _crumbs(title: str) -> list[dict[str, str]]:
    return [{"title": _("Checkpoints of the trail"), "url": reverse("checkpoints")}, {"title": title}]


def _language() -> str:
    return "en" if (get_language() or "ar").startswith("en") else "ar"
