"""The page on which reviewers, or the panel, agree on ratings."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.portal.given_back import page_with_typed
from accreditation_engine.portal.people import signed_in
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number
from accreditation_engine.reviews.consensus import confirm, propose, withdraw
from accreditation_engine.reviews.models import Proposal
from accreditation_engine.written import kept_text

from .consensus import TriedToAgree, consensus_of, consensus_over
from .page import frame
from .reader import Reader, reader_of


@require_http_methods(["GET", "HEAD", "POST"])
def consensus(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where reviewers are too far apart; proposals, and consent to them, are sent here."""
    reader = reader_of(signed_in(request), pk)
    if consensus_over(reader):
        return _over(request, reader)
    reader.must_see("consensus")
    tried = _act(request, reader) if request.method == "POST" else None
    if request.method == "POST" and tried is None:
        return redirect("consensus", pk=pk)
    context = {**frame(reader, "consensus"), **consensus_of(reader, tried)}
    if tried:
        return page_with_typed(request, "portal/consensus.html", context)
    return render(request, "portal/consensus.html", context)


def _over(request: HttpRequest, reader: Reader) -> HttpResponse:
    """Agreeing is closed: what was agreed stands with the ratings. Whoever sent something from a page that was
    still open gets it back."""
    late = request.method == "POST"
    dossier = reader.dossier
    closed = Reason("consensus_closed", {"state": dossier.state, "edition": dossier.edition_id})
    where = _("What was agreed, by whom and why stands with the ratings.")
    notice = {
        "kind": "refusal" if late else "info",
        "urgent": late,
        "title": _("This was not done") if late else "",
        "text": f"{closed} {where}",
    }
    context = {
        **frame(reader, "dossier"),
        "notice": notice,
        "typed": kept_text(request.POST.get("reason", "")),
    }
    status = HTTPStatus.CONFLICT if late else HTTPStatus.OK
    return render(request, "portal/consensus_over.html", context, status=status)


def _act(request: HttpRequest, reader: Reader) -> TriedToAgree | None:
    """Do what was sent; None when it is done, else what was refused and why."""
    typed = request.POST
    key = (typed.get("rubric", ""), typed.get("criterion", ""))
    value, reason = typed.get("value", ""), typed.get("reason", "")
    try:
        if typed.get("act") == "propose":
            seen = _number(typed.get("seen", ""))
            propose(
                dossier=reader.dossier, criterion=key, value=value, reason=reason, by=reader.person, seen=seen
            )
            done = _("Your proposal is made. It counts once the others agree.")
        else:
            done = _answer(typed, reader)
    except Refused as refused:
        return TriedToAgree(key, value, reason, refused.reasons)
    messages.success(request, done)
    return None


def _number(sent: str) -> int:
    """What the page has sent along; nothing seen where it is no number."""
    return whole_number(sent) or 0


def _answer(typed: QueryDict, reader: Reader) -> str:
    """Agree with a proposal, or take one's own back."""
    number = whole_number(typed.get("proposal", ""), digits=OF_A_ROW)
    if number is None or typed.get("act") not in ("confirm", "withdraw"):
        raise BadRequest("no such act")
    proposal = get_object_or_404(Proposal, pk=number, dossier=reader.dossier)
    if typed["act"] == "withdraw":
        withdraw(proposal=proposal, by=reader.person)
        return _("Your proposal is withdrawn.")
    if confirm(proposal=proposal, by=reader.person):
        return _("All agree: this rating counts from now on.")
    return _("You agree. Others are still to be heard.")
