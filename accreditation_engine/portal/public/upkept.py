"""What the register says of what keeps a certificate alive, where its scheme wants that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.status import HELD, public_status
from accreditation_engine.certificates.upkeep.effects import kinds_in_public
from accreditation_engine.certificates.upkeep.subject import SATISFIED
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.facts import moment_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.unusable import usable


def upkeep_facts(certificate: Any) -> list[dict[str, Any]]:
    """For parts/facts.html: when each kind was last satisfied, and is due next. Nothing of one that goes on, and
    nothing once the certificate holds no more. The certificate was fetched with
    `asked_for_certificate` as `asked`. No query."""
    scheme = usable(certificate.dossier.edition_id)
    kinds = kinds_in_public(scheme) if scheme else frozenset()
    if not kinds or public_status(certificate) not in HELD:
        return []
    facts: list[dict[str, Any]] = []
    for kind in sorted(kinds):
        facts += _of_kind(kind, [each for each in certificate.asked if each["kind"] == kind])
    return facts


def _of_kind(kind: str, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    words = isolated({"kind": kind_title(kind)})
    done = [timezone.localdate(moment_of(each["entered_at"])) for each in rows if each["state"] == SATISFIED]
    days = [date.fromisoformat(each["due_on"]) for each in rows if _is_open(each)]
    ahead = [day for day in days if day >= timezone.localdate()]
    last = [{"term": _("%(kind)s last satisfied") % words, "value": max(done), "kind": "day"}] if done else []
    following = (
        [{"term": _("%(kind)s due next") % words, "value": min(ahead), "kind": "day"}] if ahead else []
    )
    return [*last, *following]


def _is_open(row: Mapping[str, Any]) -> bool:
    return not compiled(row["edition_id"]).workflow.states[row["state"]].final
