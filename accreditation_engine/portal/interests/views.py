"""The page of interests, and what is sent from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accreditation_engine.dossiers.queries import dossiers_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.given_back import page_with_typed
from accreditation_engine.portal.identifiers import identifier
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.tried import Tried, attempt, typed_text
from accreditation_engine.reviews.domain import release
from accreditation_engine.reviews.interests.declaring import (
    allowed_interests,
    declare,
    declare_none,
    standing_assignment,
    unlike_ties,
)
from accreditation_engine.reviews.interests.models import Objection, Override, TieWithdrawal
from accreditation_engine.reviews.interests.naming import name_tie
from accreditation_engine.reviews.interests.objecting import answer_objection, object_to
from accreditation_engine.reviews.interests.overriding import answer_override, propose_override
from accreditation_engine.reviews.interests.withdrawing import answer_withdrawal
from accreditation_engine.reviews.models import Assignment

from .answering import PROPOSE, answer_form, desk, override_form, withdrawal_answer_form
from .asking import Asking, asking_of
from .declaring import GIVE_BACK, declarations, form_of, in_words, ties_typed
from .organisation import TIE, named_reviewers, named_ties, objection_form


@require_http_methods(["GET", "HEAD", "POST"])
def interests(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is to be declared, and what is known; a declaration is sent here."""
    asking = asking_of(signed_in(request), pk)
    if request.method != "POST":
        return _show(request, asking)
    if request.POST.get("act") not in SENT:
        raise BadRequest("no such act")
    return SENT[request.POST["act"]](request, asking)


def _none(request: HttpRequest, asking: Asking) -> HttpResponse:
    role, file, person = _role(request), asking.dossier, asking.person
    words = _("Kept: you have declared to have no interest.")
    if allowed_interests(file, person):
        words = _("Kept: you have declared that nothing else ties you to the organisation.")
    act = partial(declare_none, dossier=file, role=role, by=person)
    return _do(request, asking, form_of(role), act) or _onwards(request, asking, words)


def _ask_once_more(request: HttpRequest, asking: Asking) -> HttpResponse:
    """A tie is not easily unsaid: what was typed is read once more before it is kept. What would be refused is
    refused now."""
    role, ties = _role(request), ties_typed(typed_text(request))
    if unlike_ties(ties) or role not in asking.declares:
        return _tie(request, asking)
    context = {**asking.frame(), "asking": asking, "role": role, "ties": in_words(ties)}
    return render(request, "portal/interests_sure.html", context)


def _tie(request: HttpRequest, asking: Asking) -> HttpResponse:
    role, ties = _role(request), ties_typed(typed_text(request))
    act = partial(declare, dossier=asking.dossier, role=role, ties=ties, by=asking.person)
    words = _(
        "Thank you. Your interest is kept, and the coordinator is told. Others handle this file. If you declared"
        " it by mistake, your account leads to where you take it back."
    )
    return _do(request, asking, form_of(role), act) or _onwards(request, asking, words)


def _change(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Back to the form, with all that was typed."""
    tried = Tried(form_of(_role(request)), (), typed_text(request))
    return _show(request, asking_of(asking.person, asking.dossier.pk, tried))


def _give_back(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Whoever took a review may leave it without declaring anything."""
    act = partial(_give_back_own, asking, _reason(request))
    return _do(request, asking, GIVE_BACK, act) or _onwards(request, asking, _("The review is released."))


def _give_back_own(asking: Asking, reason: str) -> None:
    assignment = standing_assignment(asking.dossier, asking.person)
    if assignment is None:
        raise Refused([Reason("not_your_review")])
    release(assignment=assignment, by=asking.person, reason=reason)


SENT = {
    "none": _none,
    "tie": _ask_once_more,
    "tie_for_sure": _tie,
    "change": _change,
    "give_back": _give_back,
}
"""By what was pressed on the form of a declaration."""


def _role(request: HttpRequest) -> str:
    return request.POST.get("role", "")


@require_POST
def tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The organisation names a tie with somebody."""
    asking, typed = asking_of(signed_in(request), pk), typed_text(request)
    sent = {name: typed.get(name, "") for name in ("name", "kind", "reason")}
    act = partial(name_tie, dossier=asking.dossier, by=asking.person, **sent)
    return _do(request, asking, TIE, act) or _back(
        request, asking, _("Kept. The coordinator is told of the tie.")
    )


@require_POST
def objection(request: HttpRequest, pk: UUID, assignment_pk: int) -> HttpResponse:
    """The organisation objects to a reviewer."""
    asking = asking_of(signed_in(request), pk)
    assignment = get_object_or_404(Assignment, pk=assignment_pk, dossier=asking.dossier)
    act = partial(object_to, assignment=assignment, reason=_reason(request), by=asking.person)
    words = _("Your objection is kept. The coordinator answers it, and you are told.")
    return _do(request, asking, objection_form(assignment.pk), act) or _back(request, asking, words)


@require_POST
def objection_answer(request: HttpRequest, pk: UUID, objection_pk: int) -> HttpResponse:
    """A coordinator upholds an objection or rejects it."""
    asking = asking_of(signed_in(request), pk)
    found = get_object_or_404(Objection, pk=objection_pk, dossier=asking.dossier)
    uphold = _chosen(request, "uphold", "reject")
    act = partial(answer_objection, objection=found, uphold=uphold, reason=_reason(request), by=asking.person)
    words = _("The objection is upheld.") if uphold else _("The objection is rejected.")
    return _do(request, asking, answer_form(found.pk), act) or _back(request, asking, words)


@require_POST
def withdrawal_answer(request: HttpRequest, pk: UUID, withdrawal_pk: int) -> HttpResponse:
    """A coordinator confirms that a tie was declared by mistake, or not."""
    asking = asking_of(signed_in(request), pk)
    found = get_object_or_404(TieWithdrawal, pk=withdrawal_pk, dossier=asking.dossier)
    confirm = _chosen(request, "confirm", "refuse")
    act = partial(
        answer_withdrawal, withdrawal=found, confirm=confirm, reason=_reason(request), by=asking.person
    )
    words = _("Confirmed: the interest keeps them from nothing any more.") if confirm else _("It stands.")
    return _do(request, asking, withdrawal_answer_form(found.pk), act) or _back(request, asking, words)


@require_POST
def override(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A coordinator proposes to let somebody judge with an interest."""
    asking = asking_of(signed_in(request), pk)
    chosen = identifier(request.POST.get("person", ""))
    if chosen is None:
        raise BadRequest("no such person")
    person = get_object_or_404(User, pk=chosen)
    act = partial(
        propose_override, dossier=asking.dossier, person=person, reason=_reason(request), by=asking.person
    )
    words = _("It is proposed to let %(name)s judge this file. A second person answers.")
    told = words % isolated({"name": str(person)})
    return _do(request, asking, PROPOSE, act) or _back(request, asking, told)


@require_POST
def override_answer(request: HttpRequest, pk: UUID, override_pk: int) -> HttpResponse:
    """A second person allows it, or does not."""
    asking = asking_of(signed_in(request), pk)
    found = get_object_or_404(Override, pk=override_pk, dossier=asking.dossier)
    allow = _chosen(request, "allow", "deny")
    act = partial(answer_override, override=found, allow=allow, reason=_reason(request), by=asking.person)
    words = (
        _("Allowed. It stands wherever their name stands beside this file.") if allow else _("Not allowed.")
    )
    return _do(request, asking, override_form(found.pk), act) or _back(request, asking, words)


def _do(request: HttpRequest, asking: Asking, form: str, act: Callable[[], object]) -> HttpResponse | None:
    """None when it is done; else the page with what was typed in `form`, and why not."""
    tried = attempt(request, form, act)
    return _show(request, asking_of(asking.person, asking.dossier.pk, tried)) if tried else None


def _back(request: HttpRequest, asking: Asking, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("interests", pk=asking.dossier.pk)


def _onwards(request: HttpRequest, asking: Asking, words: str) -> HttpResponse:
    """To the file, for whom it is there now."""
    messages.success(request, words)
    there = dossiers_of(asking.person).filter(pk=asking.dossier.pk).exists()
    return redirect("dossier", pk=asking.dossier.pk) if there else redirect("home")


def _show(request: HttpRequest, asking: Asking) -> HttpResponse:
    context = {
        **asking.frame(),
        "asking": asking,
        "notice": _notice(asking.tried),
        "declarations": declarations(asking),
        "reviewers": named_reviewers(asking.dossier, asking.tried) if asking.applies else [],
        "ties": named_ties(asking) if asking.applies else None,
        "desk": desk(asking) if asking.coordinates or asking.audits or asking.answers else None,
    }
    if asking.tried is not None and asking.tried.reasons:
        return page_with_typed(request, "portal/interests.html", context)
    return render(request, "portal/interests.html", context)


def _notice(tried: Tried | None) -> dict[str, Any] | None:
    if tried is None or not tried.reasons:
        return None
    reasons = [{"text": str(each)} for each in tried.reasons]
    return {"kind": "refusal", "urgent": True, "title": _("This was not done"), "reasons": reasons}


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _chosen(request: HttpRequest, yes: str, no: str) -> bool:
    act = request.POST.get("act")
    if act not in (yes, no):
        raise BadRequest("no such act")
    return act == yes
