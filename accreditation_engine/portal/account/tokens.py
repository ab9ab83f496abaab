"""The tokens of somebody's programs: seen, made and ended."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accreditation_engine.organisations.models import ApiToken, User
from accreditation_engine.organisations.tokens.domain import LONGEST_NAME, end_token, make_token
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import Tried, attempt, typed_in, wrong_in
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number

from .mails import tell_of_change
from .scopes import SCOPES, scope_title

FORM = "token"
LASTS = (7, 30, 90, 365)
"""Days that are offered."""


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """What they have, and ending one."""
    person = signed_in(request)
    if request.method == "POST":
        which = identifier(request.POST.get("token", ""))
        if which is not None and end_token(person=person, token=which):
            messages.success(request, _("The token is ended. The program that has it is let in no more."))
        else:
            messages.info(request, _("There was nothing left to end: the token is ended already."))
        return redirect("api_tokens")
    rows = [
        {"token": each, "scopes": [scope_title(scope) for scope in each.scopes]}
        for each in ApiToken.objects.filter(person=person).order_by("-made_at", "pk")
    ]
    return render(request, "portal/tokens.html", {**_frame(), "tokens": rows})


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request: HttpRequest) -> HttpResponse:
    """Make one, after proving once more who one is. Its secret is in this one answer, and kept nowhere."""
    person, tried = signed_in(request), None
    if request.method == "POST":
        made: list[Any] = []
        tried = attempt(request, FORM, lambda: made.extend(_make(request, person)))
        if tried is None:
            tell_of_change(person, "token_made")
            token, secret = made
            return render(request, "portal/token_made.html", {**_frame(token.name), "secret": secret})
    status = HTTPStatus.CONFLICT if tried else HTTPStatus.OK
    return render(request, "portal/new_token.html", _new(tried), status=status)


def _make(request: HttpRequest, person: User) -> tuple[ApiToken, str]:
    chosen = [scope for scope in SCOPES if request.POST.get(scope)]
    days = whole_number(request.POST.get("days", ""), digits=OF_A_ROW)
    return make_token(person=person, name=request.POST.get("name", ""), scopes=chosen, days=days or 0)


def _frame(title: str = "") -> dict[str, Any]:
    """The head; `title` is that of a page beneath."""
    crumbs = [{"title": _("Your account"), "url": reverse("account")}]
    if title:
        crumbs.append({"title": _("Tokens of your programs"), "url": reverse("api_tokens")})
    crumbs.append({"title": title or _("Tokens of your programs")})
    return {"head": {"title": title or _("Tokens of your programs")}, "breadcrumbs": crumbs}


def _new(tried: Tried | None) -> dict[str, Any]:
    errors = [
        {"text": text, "target": target}
        for target, codes in WRONG.items()
        if (text := wrong_in(tried, FORM, *codes))
    ]
    return {
        **_frame(_("A new token")),
        "errors": errors,
        "name": {
            "name": "name",
            "type": "text",
            "label": _("Name"),
            "help": _("By which you will know which program has it; at most %(most)d characters.")
            % {"most": LONGEST_NAME},
            "value": typed_in(tried, FORM, "name"),
            "error": wrong_in(tried, FORM, *WRONG["name"]),
            "required": True,
        },
        "scopes": [
            {
                "name": code,
                "type": "checkbox",
                "label": title,
                "help": code,
                "value": typed_in(tried, FORM, code),
            }
            for code, title in SCOPES.items()
        ],
        "scopes_error": wrong_in(tried, FORM, *WRONG["dossiers:read"]),
        "days": {
            "name": "days",
            "type": "select",
            "label": _("How long it lasts"),
            "value": whole_number(typed_in(tried, FORM, "days"), digits=OF_A_ROW) or LASTS[1],
            "options": [
                {"value": each, "label": ngettext("%(count)d day", "%(count)d days", each) % {"count": each}}
                for each in LASTS
            ],
            "error": wrong_in(tried, FORM, *WRONG["days"]),
            "required": True,
        },
    }


WRONG = {
    "name": ("token_name_missing", "token_name_taken", "text_too_long", "too_many_tokens"),
    "dossiers:read": ("token_scope_missing",),
    "days": ("token_too_long",),
}
"""By field, the reasons that stand at it."""
