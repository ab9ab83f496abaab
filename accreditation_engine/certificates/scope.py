"""What a certificate covers: written on it when it is issued, and anew when a panel grants another scope, each by
an event of its own (docs/decisions/048)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.trail.append import append_to, lock_heads
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.rows import update

from .models import Certificate

SCOPE_SET = "scope_set"
COLUMNS = ("scope_ar", "scope_en", "paper_due")


def set_scopes(scopes: Mapping[UUID, Scope], certificates: Iterable[Certificate], **why: str) -> None:
    """Write on each of `certificates` the scope that `scopes` has for it, and from which version on its paper says
    so; `why` is what else the events tell. Certificates without another scope are left alone. Four statements,
    however many they are."""
    changed = [each for each in certificates if scopes[each.pk] != each.scope]
    if not changed:
        return
    for each in changed:
        each.scope_ar, each.scope_en = scopes[each.pk].ar, scopes[each.pk].en
    append_to(lock_heads(each.pk for each in changed), [_entry(each, why) for each in changed])
    update(Certificate, changed, COLUMNS)


def _entry(certificate: Certificate, why: Mapping[str, Any]) -> Entry:
    return Entry(
        stream=certificate.pk,
        kind=SCOPE_SET,
        actor=SYSTEM,
        role=SYSTEM_ROLE,
        edition=certificate.edition_id,
        data={**certificate.scope.said(), "paper": certificate.paper_due, **why},
    )
