"""Somebody's account: how often mail comes, the address of their calendar, and where they work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation_engine.engine.registry import roles
from accreditation_engine.organisations.letters.choosing import choose_digest
from accreditation_engine.portal.calendar.address import address_of, end, renew
from accreditation_engine.portal.people import parts_of, played, signed_in

from .digest_form import DigestForm


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return account_page(request)


@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    form = DigestForm(request.POST)
    if not form.is_valid():
        return account_page(request, form, status=409)
    choose_digest(signed_in(request), form.cleaned_data["digest"])
    messages.success(request, _("Kept. It holds for what waits already as well."))
    return redirect("account")


@require_POST
def choose_calendar(request: HttpRequest) -> HttpResponse:
    """Make an address, make another in its place, or end it."""
    person = signed_in(request)
    if request.POST.get("act") == "end":
        end(person)
        messages.success(request, _("The address is ended: whoever has it finds nothing there any more."))
    else:
        renew(person)
        messages.success(
            request, _("This is your calendar's address. Give it to your calendar program only.")
        )
    return redirect("account")


def account_page(
    request: HttpRequest,
    form: DigestForm | None = None,
    *,
    employer: str | None = None,
    employer_error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; with what was typed as `employer` and why it was not taken, where it was not."""
    person = signed_in(request)
    context = {
        "head": {"title": _("Your account"), "meta": [person.email]},
        "form": form or DigestForm(initial={"digest": person.digest}),
        "calendar": address_of(person),
        "helps": played(person).administers_all,
        "reviews": "reviewer" in parts_of(person),
        "declares": any(roles[each].barred for each in parts_of(person) if each in roles),
        "employer": {
            "name": "employer",
            "label": _("Where you work"),
            "type": "text",
            "value": person.employer if employer is None else employer,
            "help": _(
                "Who works with people of an organisation does not judge it. Leave it empty if nowhere."
            ),
            "error": employer_error,
        },
    }
    return render(request, "portal/account.html", context, status=status)
