"""The pages on which administrators erase by law: look for a file or a person, choose, and confirm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accreditation_engine.engine.erasures import chosen, unlike_grounds
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.pressed_again import recorded_just_now
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.repeating import repetitions
from accreditation_engine.organisations.erasing import ERASER, grounds
from accreditation_engine.organisations.models import RoleGrant, User
from accreditation_engine.organisations.roles import in_force
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.people import signed_in
from accreditation_engine.trail.erasure import ERASED
from accreditation_engine.trail.folding import HoldsEvery, together
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .pieces import listed, vanishing
from .targets import Target, file_target, files_to_erase_in, must_erase, person_target

FOUND_AT_MOST = 20
LONGEST_WORDS = 200
OF_A_FILE = ("number", "organisation__name_ar", "organisation__name_en")


@dataclass(frozen=True)
class Typed:
    keys: tuple[str, ...] = ()
    reason: str = ""
    basis: str = ""


@require_safe
def erasure(request: HttpRequest) -> HttpResponse:
    """Look for the file or the person of whom something is to go."""
    person = signed_in(request)
    must_erase(person)
    words = kept_text(request.GET.get("q", ""))[:LONGEST_WORDS]
    context = {
        "head": {"title": _("Erasing by law")},
        "words": words,
        "files": _files(person, words) if words else [],
        "people": _people(person, words) if words else [],
    }
    return render(request, "portal/erasure.html", context)


def _files(person: User, words: str) -> list[dict[str, Any]]:
    found = files_to_erase_in(person).filter(HoldsEvery(together(*OF_A_FILE), words=words))
    return [
        {
            "title": each.number,
            "name": each.organisation.name_in(language()),
            "url": reverse("erase_in_file", args=[each.pk]),
        }
        for each in found.order_by("number")[:FOUND_AT_MOST]
    ]


def _people(person: User, words: str) -> list[dict[str, Any]]:
    """Nobody for those who administer some schemes only."""
    grants = RoleGrant.objects.filter(in_force(), user=person, role=ERASER, scheme="")
    if not grants.exists():
        return []
    found = User.objects.filter(HoldsEvery(together("name", "email"), words=words)).order_by("name", "pk")
    return [
        {"title": str(each), "name": each.email, "url": reverse("erase_of_person", args=[each.pk])}
        for each in found[:FOUND_AT_MOST]
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def in_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _erase(request, file_target(signed_in(request), pk))


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _erase(request, person_target(signed_in(request), pk))


def _erase(request: HttpRequest, target: Target) -> HttpResponse:
    """Choose; be asked once more; done. What was typed is on every page, so that nothing of it is lost."""
    if request.method != "POST":
        return _choose(request, target, Typed(keys=tuple(request.GET.getlist("chosen"))))
    post = request.POST
    typed = Typed(
        tuple(post.getlist("chosen")), kept_text(post.get("reason", "")), kept_text(post.get("basis", ""))
    )
    act = post.get("act")
    if act not in ("show", "back", "erase"):
        raise BadRequest("no such act")
    if act == "back":
        return _choose(request, target, typed)
    try:
        if act == "show":
            return _confirm(request, target, typed)
        events = target.erase(
            keys=typed.keys,
            reason=typed.reason,
            basis=typed.basis,
            told_apart=post.get("told_apart") == "yes",
        )
    except Refused as refused:
        events = _erased_just_now(signed_in(request), typed, refused)
        if not events:
            return _choose(request, target, typed, refused.reasons)
    words = ngettext(
        "%(count)d text is erased for good. The trail says so.",
        "%(count)d texts are erased for good. The trail says so.",
        len(events),
    )
    messages.success(request, words % isolated({"count": len(events)}))
    return redirect(target.url)


def _erased_just_now(person: User, typed: Typed, refused: Refused) -> Sequence[Event]:
    """The events of the first of two presses, where nothing that the second names is there any more."""
    if {(each.code, each.parameters.get("count")) for each in refused.reasons} != {
        ("erased_meanwhile", len(set(typed.keys)))
    }:
        return ()
    events = recorded_just_now(ERASED, person.pk, grounds(typed.reason, typed.basis))
    return events if len(events) == len(set(typed.keys)) else ()


def _choose(
    request: HttpRequest, target: Target, typed: Typed, reasons: tuple[Reason, ...] = ()
) -> HttpResponse:
    errors = {_field(each): str(each) for each in reasons if _field(each)}
    context = {
        **_frame(target),
        "notice": _notice(target, reasons),
        "groups": [] if target.barred else listed(target.pieces(), typed.keys, target.edition),
        "errors": [{"text": text, "target": field} for field, text in errors.items()],
        "nothing_chosen": errors.get("pieces", ""),
        "entries": _entries(typed, errors),
    }
    status = HTTPStatus.CONFLICT if reasons else HTTPStatus.OK
    return render(request, "portal/erase_choose.html", context, status=status)


FIELDS = {
    "nothing_to_erase": "pieces",
    "erasure_without_reason": "reason",
    "erasure_without_basis": "basis",
}
"""The field in which what a reason is about was typed, where the reason does not say it."""


def _field(reason: Reason) -> str:
    return str(reason.parameters.get("field", FIELDS.get(reason.code, "")))


def _entries(typed: Typed, errors: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": "reason",
            "label": _("Why it is erased"),
            "help": _("It stays in the trail: do not repeat here what is to vanish."),
            "value": typed.reason,
            "error": errors.get("reason", ""),
            "required": True,
        },
        {
            "name": "basis",
            "type": "text",
            "label": _("Legal basis"),
            "help": _("The law and its article, or the court and the number of its order."),
            "value": typed.basis,
            "error": errors.get("basis", ""),
            "required": True,
        },
    ]


def _notice(target: Target, reasons: tuple[Reason, ...]) -> dict[str, Any] | None:
    """What was refused and belongs to no field; and why somebody may not erase here at all."""
    if target.barred:
        told = [{"text": str(each)} for each in target.barred]
        return {"kind": "info", "title": _("You erase nothing here"), "reasons": told}
    told = [{"text": str(each)} for each in reasons if not _field(each)]
    if not told:
        return None
    return {"kind": "refusal", "urgent": True, "title": _("This was not done"), "reasons": told}


def _confirm(request: HttpRequest, target: Target, typed: Typed) -> HttpResponse:
    """Exactly what will vanish, and what of it may stand in the grounds again. Raises Refused for all that is
    missing, and for grounds that do repeat it."""
    missing = [*target.barred, *unlike_grounds(typed.reason, typed.basis)]
    if not typed.keys:
        missing.append(Reason("nothing_to_erase"))
    if missing:
        raise Refused(missing)
    pieces = chosen(target.pieces(), typed.keys)
    repeated = repetitions(pieces, typed.reason, typed.basis)
    if any(each.code != "erasure_may_repeat" for each in repeated):
        raise Refused(repeated)
    shown = vanishing(pieces, target.edition)
    context = {
        **_frame(target),
        "pieces": shown,
        "shared": [str(each) for each in repeated],
        "typed": typed,
        "closes": any(each["closes"] for each in shown),
    }
    return render(request, "portal/erase_confirm.html", context)


def _frame(target: Target) -> dict[str, Any]:
    return {
        "target": target,
        "head": {"title": target.title, "eyebrow": target.eyebrow},
        "breadcrumbs": [
            {"title": _("Erasing by law"), "url": reverse("erasure")},
            {"title": target.title},
        ],
    }
