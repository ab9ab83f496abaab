"""An organisation says in its file what of it the certificate shall cover, until it hands the file in."""

from __future__ import annotations

from django.db import transaction

from accreditation_engine.engine.acting import Person
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.recording import record

from .domain import locked_row
from .models import Dossier
from .rules import answers_open, require_member
from .scope import Scope, unlike

SCOPE_STATED = "scope_stated"


def state_scope(*, dossier: Dossier, scope: Scope, by: Person) -> bool:
    """Keep what the certificate shall cover; gives whether that is another scope than before. Raises Refused for
    words in one language alone, for more than fit on a certificate, and once the file is handed in."""
    kept = scope.kept()
    with transaction.atomic():
        locked = locked_row(dossier)
        require_member(locked, by)
        if reasons := [*answers_open(locked), *unlike(kept)]:
            raise Refused(reasons)
        changed = write_scope(locked, kept, by)
    dossier.scope_ar, dossier.scope_en = kept.ar, kept.en
    return changed


def write_scope(dossier: Dossier, scope: Scope, by: Person) -> bool:
    """Into its row, by an event; False, and nothing done, where it is what stands there."""
    if scope == dossier.scope:
        return False
    record(dossier.pk, SCOPE_STATED, by, role="applicant", edition=dossier.edition_id, data=scope.said())
    Dossier.objects.filter(pk=dossier.pk).update(scope_ar=scope.ar, scope_en=scope.en)
    dossier.scope_ar, dossier.scope_en = scope.ar, scope.en
    return True
