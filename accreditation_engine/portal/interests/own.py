"""The interests that somebody has declared themselves, and what becomes of those that they take back."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accreditation_engine.engine.role_words import role_title
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.tried import Tried, typed_in, wrong_in
from accreditation_engine.reviews.interests.models import Interest, TieWithdrawal
from accreditation_engine.reviews.interests.naming import NAMED_BY
from accreditation_engine.reviews.interests.words import interest_title

from .said import Place, said_at


def declared_by(person: User) -> QuerySet[Interest]:
    """What the organisation said of a person is not theirs to take back, nor to know of."""
    return Interest.objects.filter(person=person).exclude(role=NAMED_BY)


def own_page(person: User, tried: Tried | None = None) -> dict[str, Any]:
    """The context of portal/own_interests.html. Six queries at most, however many interests."""
    withdrawals = Prefetch("withdrawals", TieWithdrawal.objects.order_by("pk"))
    rows = declared_by(person).select_related("dossier").prefetch_related(withdrawals).order_by("-pk")
    found = [(each, list(each.withdrawals.all())[-1:]) for each in rows]
    said = said_at(place for each, last in found for place in _places(each, *last))
    return {
        "head": {"title": _("Interests that you declared")},
        "rows": [_row(each, said, tried, *last) for each, last in found],
        "errors": _errors(tried),
        "empty": {"icon": "check", "sentence": _("You have declared no interest in any organisation.")},
    }


def _places(interest: Interest, withdrawal: TieWithdrawal | None = None) -> list[Place]:
    numbers = [interest.seq]
    if withdrawal is not None:
        numbers += [withdrawal.seq, *([withdrawal.answered_seq] if withdrawal.answered_seq else [])]
    return [(interest.dossier_id, number) for number in numbers]


def _row(
    interest: Interest, said: dict[Place, str], tried: Tried | None, last: TieWithdrawal | None = None
) -> dict[str, Any]:
    form, stream = withdrawal_form(interest.pk), interest.dossier_id
    answered = last.answered_seq if last else None
    return {
        "pk": interest.pk,
        "title": interest_title(interest.kind),
        "role": role_title(interest.role),
        "number": interest.dossier.number,
        "at": interest.declared_at,
        "text": said.get((stream, interest.seq), ""),
        "badge": withdrawal_badge(last) if last else None,
        "reason": said.get((stream, last.seq), "") if last else "",
        "answer": said.get((stream, answered), "") if answered else "",
        "answered_at": last.answered_at if last else None,
        "may_withdraw": last is None or last.confirmed is False,
        "entry": {
            "name": "reason",
            "id": form,
            "label": _("Why was it a mistake?"),
            "help": _("A coordinator reads it and confirms it, or not. It stays in the decision trail."),
            "value": typed_in(tried, form, "reason"),
            "error": wrong_in(tried, form),
            "required": True,
        },
    }


def _errors(tried: Tried | None) -> list[dict[str, str]]:
    return [{"text": str(each), "target": tried.form} for each in tried.reasons] if tried else []


def withdrawal_badge(withdrawal: TieWithdrawal) -> dict[str, str]:
    if withdrawal.answered_at is None:
        return {"title": _("taken back, to be confirmed"), "tone": "coordinator"}
    if withdrawal.confirmed:
        return {"title": _("interest taken back"), "tone": "neutral"}
    return {"title": _("stands: taking it back was refused"), "tone": "warning"}


def withdrawal_form(interest: int) -> str:
    return f"withdraw-{interest}"
