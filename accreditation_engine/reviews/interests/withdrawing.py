"""Taking back a tie that one declared by mistake: with a reason, and once another person has confirmed it. What
was declared stays in the trail."""

from __future__ import annotations

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.roles import granted
from accreditation_engine.reviews.rules import coordinator_unfit
from accreditation_engine.written import kept_text

from .letters import tell_of_withdrawal, tell_of_withdrawal_answered
from .models import Interest, TieWithdrawal

ASKED, CONFIRMED, REFUSED = "tie_withdrawal_asked", "tie_withdrawal_confirmed", "tie_withdrawal_refused"
ANSWERS = "coordinator"


def withdraw_tie(*, interest: Interest, reason: str, by: User) -> TieWithdrawal:
    """Say that one's own tie was declared by mistake. Until a coordinator confirms it, nothing changes.

    Raises Refused for everybody but whoever declared it, and once they do not hold the role any more in which they
    did; without a reason, while it waits, and once it is taken back. After a refusal it can be said again.
    """
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(interest.dossier)
        reasons += _against(locked, interest, by)
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            ASKED,
            by,
            role=interest.role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={"declared": interest.seq, "kind": interest.kind},
        )
        withdrawal = TieWithdrawal.objects.create(
            dossier=locked, interest=interest, person=by, seq=event.seq, asked_at=event.at
        )
        tell_of_withdrawal(locked, by)
    return withdrawal


def _against(dossier: Dossier, interest: Interest, by: User) -> list[Reason]:
    held = Dossier.objects.filter(granted(interest.role, Dossier, by.pk), pk=dossier.pk)
    if interest.person_id != by.pk or not held.exists():
        return [Reason("not_your_tie")]
    last = TieWithdrawal.objects.filter(interest=interest).order_by("pk").last()
    if last is None or last.confirmed is False:
        return []
    return [Reason("tie_withdrawn" if last.confirmed else "withdrawal_open")]


def answer_withdrawal(*, withdrawal: TieWithdrawal, confirm: bool, reason: str, by: User) -> None:
    """Confirm that the tie was declared by mistake, so that it bars nobody any more, or refuse it. The review that
    the tie cost is not given back: a coordinator may ask for it again.

    Raises Refused for everybody but coordinators without an interest, for whoever declared the tie themselves,
    without a reason, and a second time.
    """
    role = require_role(withdrawal.dossier, by, ANSWERS)
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(withdrawal.dossier)
        current = TieWithdrawal.objects.select_related("person", "interest").get(pk=withdrawal.pk)
        reasons += coordinator_unfit(locked, by)
        if current.person_id == by.pk:
            reasons.append(Reason("own_withdrawal"))
        if current.answered_at is not None:
            reasons.append(Reason("withdrawal_closed"))
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            CONFIRMED if confirm else REFUSED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={
                "withdrawn": current.seq,
                "kind": current.interest.kind,
                **current.person.named_as("person"),
            },
        )
        answered = {"answered_by": by, "answered_seq": event.seq, "answered_at": event.at}
        TieWithdrawal.objects.filter(pk=current.pk).update(**answered, confirmed=confirm)
        tell_of_withdrawal_answered(locked, current.person, confirmed=confirm)
