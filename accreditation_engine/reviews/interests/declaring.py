"""Declaring, before anything of a dossier is shown, whether one has an interest in it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import parts_in
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.written import kept_text

from .known import KINDS, codes_of, known_interests
from .letters import tell_of_interest
from .models import Declaration, Interest
from .taking_back import take_back
from .ties import REVIEWER

NO_INTEREST, INTEREST = "no_interest", "interest_declared"


def asked_to_declare(dossier: Dossier) -> tuple[str, ...]:
    """The roles that the dossier's workflow asks to declare."""
    reviewing = compiled(dossier.edition_id).workflow.reviewing
    return reviewing.declare if reviewing else ()


def declare_none(*, dossier: Dossier, role: str, by: User) -> None:
    """`by` has no interest, to judge `dossier` in `role`, or none but what two people have allowed, which the
    event then names. Saying so twice changes nothing. Raises Refused where nobody asks, and for somebody whose
    interest is known and not allowed."""
    with transaction.atomic():
        locked = locked_row(dossier)
        _require(locked, role, by)
        if role not in asked_to_declare(locked):
            raise Refused([Reason("nothing_to_declare")])
        assignment = standing_assignment(locked, by) if role == REVIEWER else None
        said = {"dossier": locked, "person": by, "role": role, "assignment": assignment}
        if not Declaration.objects.filter(**said).exists():
            allowed = allowed_interests(locked, by)
            data = {"interests": allowed} if allowed else {}
            event = record(locked.pk, NO_INTEREST, by, role=role, edition=locked.edition_id, data=data)
            Declaration.objects.create(**said, seq=event.seq, declared_at=event.at)


def allowed_interests(dossier: Dossier, person: User) -> list[str]:
    """The codes of the interests with which two people have let `person` judge `dossier`: these need not be
    declared once more. One query."""
    standing = known_interests(dossier, [person])[person.pk]
    return codes_of(each for each in standing.interests if not each.final) if standing.allowed else []


def declare(*, dossier: Dossier, role: str, ties: Mapping[str, str], by: User) -> None:
    """`by` has interests: what each of KINDS is, in words. A review that they were asked for is open to others
    again, where reviews still count.

    Raises Refused without a tie, for one that is not explained, and for whoever has no part that judges.
    """
    unlike = unlike_ties(ties)
    with transaction.atomic():
        locked = locked_row(dossier)
        _require(locked, role, by)
        if unlike:
            raise Refused(unlike)
        for kind in KINDS:
            if kind in ties:
                _keep(locked, role, kind, ties[kind], by)
        assignment = standing_assignment(locked, by)
        if assignment is not None:
            take_back(locked, assignment, by=by, role=REVIEWER)
        tell_of_interest(locked, by)


def _keep(dossier: Dossier, role: str, kind: str, said: str, by: User) -> None:
    event = record(
        dossier.pk,
        INTEREST,
        by,
        role=role,
        edition=dossier.edition_id,
        comment=kept_text(said),
        data={"kind": kind},
    )
    Interest.objects.create(
        dossier=dossier, person=by, kind=kind, role=role, seq=event.seq, declared_at=event.at
    )


def unlike_ties(ties: Mapping[str, str]) -> list[Reason]:
    """What is wrong with the ties that somebody would declare."""
    if not ties or not set(ties) <= set(KINDS):
        return [Reason("no_interest_chosen")]
    return [reason for kind, said in ties.items() for reason in unlike_tie(kind, said)]


def unlike_tie(kind: str, said: str) -> list[Reason]:
    """What is wrong with how a tie of `kind` is explained."""
    return [
        Reason(each.code, {**each.parameters, "kind": kind})
        for each in unlike_text(said, missing="interest_unexplained", field=kind)
    ]


def _require(dossier: Dossier, role: str, by: User) -> None:
    """Only whoever plays a part that an interest closes, and that none has closed yet."""
    parts = parts_in(by, dossier)
    if role not in parts.played or roles[role].barred is None:
        raise Refused([Reason("nothing_to_declare")])
    if role in parts.barred:
        raise Refused(parts.against(role))


def standing_assignment(dossier: Dossier, person: User) -> Assignment | None:
    return Assignment.objects.filter(dossier=dossier, reviewer=person, released_at=None).first()
