"""Erasing texts of a file by law."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from accreditation_engine.engine.erasures import (
    By,
    chosen,
    erase_pieces,
    in_files,
    pieces_in_file,
    unlike_grounds,
)
from accreditation_engine.engine.guards import took_part
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.refusals import written_down
from accreditation_engine.engine.repeating import repetitions
from accreditation_engine.organisations.erasing import grounds
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from accreditation_engine.written import kept_text

from .domain import locked_row
from .models import Dossier
from .rules import require_role

ERASER = "administrator"


def erase_in_file(
    *,
    dossier: Dossier,
    keys: Collection[str],
    reason: str,
    basis: str,
    by: User,
    told_apart: bool = False,
) -> list[Event]:
    """Erase what `keys` name (Piece.key) in a file; gives an event for each. `basis` is the law that asks for it.

    Raises Refused, with nothing erased, for everybody but administrators of the scheme, for those who act or acted
    for the organisation, without a reason or basis, where these repeat what they erase (`told_apart`: see
    engine.repeating), and for what is not there any more. Who may not erase at all
    has tried it, and the trail says so.
    """
    with written_down(dossier, by, role="", act="erase"):
        require_role(dossier, by, ERASER)
    why, law = kept_text(reason), kept_text(basis)
    with written_down(dossier, by, role=ERASER, act="erase", only={"involved"}), transaction.atomic():
        locked = locked_row(dossier)
        reasons = [*own_file(locked, by), *unlike_grounds(why, law)]
        if reasons:
            raise Refused(reasons)
        pieces = chosen(pieces_in_file(locked.pk), keys)
        if repeated := repetitions(pieces, why, law, told_apart=told_apart):
            raise Refused(repeated)
        return erase_pieces(in_files, pieces, By(by.acting, ERASER, grounds(why, law), locked.edition_id))


def own_file(dossier: Dossier, person: User) -> list[Reason]:
    """That `person` acts for the organisation, or did, if so: nobody erases in a case of their own. One query."""
    row: Any = Dossier.objects.filter(pk=dossier.pk).values(was=acted_for(person)).get()
    return own_case(row["was"])


def acted_for(person: User) -> Any:
    """The same in SQL, over dossiers."""
    return took_part(Dossier, "applicant", person.pk)


def own_case(acted: bool) -> list[Reason]:
    return [Reason("involved", {"roles": ["applicant"]})] if acted else []
