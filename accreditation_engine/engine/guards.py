"""Guards that need nothing but the engine: nobody judges where they had a hand before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from pydantic import Field

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.trail.models import Event

from .acting import SYSTEM_ROLE
from .models import Subject
from .reasons import Reason
from .registry import Case, Verdict, guard, roles


class NotInvolved(Parameters):
    """The parts in which the actor must never have dealt with the dossier or its organisation."""

    shorthand: ClassVar[str | None] = "as"
    as_: Annotated[tuple[Identifier, ...], Field(alias="as", min_length=1)]


def took_part(model: type[Subject], role: str, user: Any) -> Any:
    """Whether `user` acted in `role` on the subject or its dossier: as their trails show, and as the role knows.
    Who suspended a certificate, and did nothing else in the file, does not hear the appeal.

    Refused attempts are no part taken.
    """
    streams = Q(stream=OuterRef(model.dossier_path)) | Q(stream=OuterRef("pk"))
    acted = Event.objects.filter(streams, actor=user, role=role).exclude(kind="refused")
    known = roles[role].took_part if role in roles else None
    condition = Q(Exists(acted))
    if known is not None:
        condition |= Q(known(model, user))
    return ExpressionWrapper(condition, output_field=BooleanField())


def _involvement(model: type[Subject], parameters: NotInvolved, user: Any) -> Mapping[str, Any]:
    if user is None:
        return {}
    return {f"was_{role}": took_part(model, role, user) for role in parameters.as_}


@guard("not_involved", NotInvolved, facts=_involvement, personal=True)
def not_involved(case: Case, parameters: NotInvolved) -> Verdict:
    if case.attempt.role == SYSTEM_ROLE:
        return Verdict()
    hands = [role for role in parameters.as_ if case.facts[f"was_{role}"]]
    return Verdict((Reason("involved", {"roles": hands}),) if hands else ())


__all__ = ["NotInvolved", "not_involved", "took_part"]
