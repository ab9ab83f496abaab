"""Stepping aside: whoever would decide on a dossier and should not, for whatever reason, says so."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accreditation_engine.dossiers.domain import is_final, locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_text

from .models import Ballot, Recusal
from .roles import deciding_roles

RECUSED = "recused"


def recuse(*, dossier: Dossier, reason: str, by: User) -> Recusal:
    """`by` steps aside from `dossier`, for ever: no ballot waits for them, and as one who decides they see nothing
    more of it. The reason lies beside the event.

    Raises Refused without a reason, for whoever has no part that decides, once they have voted in the ballot that
    counts, and when nothing more is decided.
    """
    unlike = unlike_text(reason, missing="recusal_unexplained")
    with written_down(dossier, by, role="", act="recuse"), transaction.atomic():
        locked = locked_row(dossier)
        role = may_recuse_as(parts_in(by, locked).known)  # whoever has yet to declare interests may as well
        against = against_recusing(locked, by)
        if role is None:
            raise Refused([Reason("not_your_role", {"roles": deciding_roles()})])
        if unlike or against:
            raise Refused([*unlike, *against])
        event = record(
            locked.pk, RECUSED, by, role=role, edition=locked.edition_id, comment=kept_text(reason)
        )
        return Recusal.objects.create(dossier=locked, member=by, seq=event.seq, recused_at=event.at)


def may_recuse_as(roles: Iterable[str]) -> str | None:
    """The first of `roles` from which to step aside; None where there is none."""
    mine = set(roles)
    return next((role for role in deciding_roles() if role in mine), None)


def against_recusing(dossier: Dossier, by: User) -> list[Reason]:
    """Reasons why it is too late. One query."""
    if is_final(dossier):
        return [Reason("recusal_too_late")]
    latest = Ballot.objects.filter(dossier=dossier).order_by("-number").values("pk")[:1]
    voted = Ballot.objects.filter(pk__in=latest, votes__member=by).exists()
    return [Reason("recusal_after_vote")] if voted else []
