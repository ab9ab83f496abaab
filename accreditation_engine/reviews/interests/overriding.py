"""Letting somebody judge a dossier in whose organisation they have an interest: one person proposes it, with a
reason, and another agrees, with theirs. Where a body is small, there may be nobody else."""

from __future__ import annotations

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.written import kept_text

from .known import codes_of, known_interests
from .letters import tell_of_override, tell_of_proposal
from .models import Override

PROPOSED, ALLOWED, DENIED = "override_proposed", "override_allowed", "override_denied"
PROPOSES, ANSWER = ("coordinator",), ("coordinator", "administrator")
"""Who proposes, and who answers."""


def propose_override(*, dossier: Dossier, person: User, reason: str, by: User) -> Override:
    """Propose to let `person` judge `dossier` with the interests that are known now. Raises Refused for everybody
    but coordinators without an interest, for themselves, without a reason, where no interest is known or one with
    which nobody is allowed to judge, and while another proposal waits."""
    role = require_role(dossier, by, *PROPOSES)
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(dossier)
        standing = known_interests(locked, [person])[person.pk]
        reasons += [*_own(person, by), *_needless(locked, person)]
        if reasons:
            raise Refused(reasons)
        codes = codes_of(standing.barring)
        event = record(
            locked.pk,
            PROPOSED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={**person.named_as("person"), "interests": codes},
        )
        override = Override.objects.create(
            dossier=locked,
            person=person,
            interests=codes,
            proposed_by=by,
            seq=event.seq,
            proposed_at=event.at,
        )
        tell_of_proposal(locked, by)
    return override


def _needless(dossier: Dossier, person: User) -> list[Reason]:
    """Why there is nothing to allow."""
    barring = known_interests(dossier, [person])[person.pk].barring
    final = [each for each in barring if each.final]
    if not barring:
        return [Reason("no_interest_known", {"name": person.name})]
    if final:
        return [Reason("interest_final", {"name": person.name, "interests": codes_of(final)})]
    waits = Override.objects.filter(dossier=dossier, person=person, answered_at=None)
    return [Reason("override_open", {"name": person.name})] if waits.exists() else []


def answer_override(*, override: Override, allow: bool, reason: str, by: User) -> None:
    """Allow what somebody else has proposed, or not. Raises Refused for whoever proposed it, for the person
    themselves, for everybody but coordinators and administrators without an interest, without a reason, and a
    second time."""
    role = require_role(override.dossier, by, *ANSWER)
    reasons = unlike_text(reason, missing="comment_missing")
    with transaction.atomic():
        locked = locked_row(override.dossier)
        current = Override.objects.select_related("person").get(pk=override.pk)
        reasons += [*_own(current.person, by), *_not_theirs(locked, current, by)]
        if reasons:
            raise Refused(reasons)
        event = record(
            locked.pk,
            ALLOWED if allow else DENIED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data={
                "proposed": current.seq,
                **current.person.named_as("person"),
                "interests": current.interests,
            },
        )
        answered = {"answered_by": by, "answered_seq": event.seq, "answered_at": event.at, "allowed": allow}
        Override.objects.filter(pk=current.pk).update(**answered)
        tell_of_override(locked, by)


def _not_theirs(dossier: Dossier, override: Override, by: User) -> list[Reason]:
    """Why `by` is not the one to answer. No part is closed to administrators, so their interests are looked at
    here."""
    if override.answered_at is not None:
        return [Reason("override_closed")]
    if override.proposed_by_id == by.pk:
        return [Reason("second_person")]
    barring = known_interests(dossier, [by])[by.pk].barring
    return [Reason("interest_bars")] if barring else []


def _own(person: User, by: User) -> list[Reason]:
    return [Reason("own_override")] if person.pk == by.pk else []
