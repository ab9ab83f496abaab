"""Dissent: whoever voted for something else than what was decided may say why, for all who see the votes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_role
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .ballot_rules import Votes
from .counting import ABSTAIN, Count
from .models import Dissent
from .queries import Standing, standing_of
from .roles import deciding_roles
from .sealing import sealed_ballots

DISSENTED = "dissented"


def dissent(*, dossier: Dossier, reason: str, by: User) -> Dissent:
    """`by` disagrees with what the latest ballot of `dossier` came to, whether it was carried out yet or not. The
    words lie beside the event.

    Raises Refused without words, for whoever has no part that decides, while votes are sealed, and for whoever did
    not vote otherwise or has dissented already.
    """
    unlike = unlike_text(reason, missing="dissent_unexplained")
    with written_down(dossier, by, role="", act="dissent"), transaction.atomic():
        locked = locked_row(dossier)
        role = require_role(locked, by, *deciding_roles())
        standing = standing_of(locked)
        against = against_dissenting(locked, standing, by, decided_in(locked, standing))
        if unlike or against or standing is None:
            raise Refused([*unlike, *against])
        data = {"ballot": standing.number}
        event = record(
            locked.pk,
            DISSENTED,
            by,
            role=role,
            edition=locked.edition_id,
            comment=kept_text(reason),
            data=data,
        )
        return Dissent.objects.create(ballot_id=standing.ballot, member=by, seq=event.seq)


def why_no_dissent(dossier: Dossier, by: User) -> list[Reason]:
    """What `dissent` would be refused for, whatever its words. A few queries."""
    standing = standing_of(dossier)
    return against_dissenting(dossier, standing, by, decided_in(dossier, standing))


def against_dissenting(
    dossier: Dossier, standing: Standing | None, by: User, decided: str | None
) -> list[Reason]:
    """Reasons against it. `decided` is the choice that was carried out, None while none was. One query at most."""
    if standing is None or not _own(standing, by):
        return [Reason("dissent_without_vote")]
    if sealed_ballots([dossier]):
        return [Reason("dissent_too_early")]
    if any(each.member_id == by.pk for each in standing.dissents):
        return [Reason("dissented_already")]
    return [] if outvoted(standing, by, decided) else [Reason("dissent_from_nothing")]


def outvoted(standing: Standing, by: User, decided: str | None) -> bool:
    """Whether `by` chose something else than was decided or, until then, than most did; and has not said why.
    Where votes are equal nobody is outvoted before it is decided."""
    own, carried = _own(standing, by), {decided} if decided else _leading(standing)
    against = bool(carried) and own not in {"", ABSTAIN, *carried}
    return against and all(each.member_id != by.pk for each in standing.dissents)


def _own(standing: Standing, by: User) -> str:
    return next((each.choice for each in standing.votes if each.member_id == by.pk), "")


def _leading(standing: Standing) -> frozenset[str]:
    """What most voted for, where it is one choice."""
    count = Count(standing.tally)
    return frozenset() if count.tied else count.leading


def decided_in(dossier: Dossier, standing: Standing | None) -> str | None:
    """The choice that the latest ballot carried, once the decision was taken. One query."""
    if standing is None:
        return None
    scheme = compiled(dossier.edition_id)
    moves = Event.objects.filter(stream=dossier.pk, kind="transition", transition__in=scheme.deciding)
    return choice_carried(scheme, moves.order_by("-seq"), standing.number)


def choice_carried(scheme: Compiled, decisions: Iterable[Event], ballot: int) -> str | None:
    """What was chosen by the last of `decisions`, the latest first, that was taken by that ballot."""
    for each in decisions:
        if each.data.get("judged", {}).get("ballot") == ballot:
            return choice_of(scheme, each.transition)
    return None


def choice_of(scheme: Compiled, decision: str) -> str:
    """The choice that carries the step: the step itself, where its guard names no other."""
    rules = [each.parameters for each in scheme.steps[decision].guards]
    return next((each.for_ for each in rules if isinstance(each, Votes) and each.for_), decision)
