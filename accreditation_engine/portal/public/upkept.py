"""What the register says of what keeps a certificate alive, where its scheme wants that."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.models import Certificate, Upkeep
from accreditation_engine.certificates.status import HELD, public_status
from accreditation_engine.certificates.upkeep.effects import kinds_in_public
from accreditation_engine.certificates.upkeep.subject import SATISFIED
from accreditation_engine.certificates.upkeep.words import kind_title
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.unusable import usable


def upkeep_facts(certificate: Certificate) -> list[dict[str, Any]]:
    """For parts/facts.html: when each kind was last satisfied, and is due next. Nothing of one that goes on, and
    nothing once the certificate holds no more. One query, none where the scheme shows nothing."""
    scheme = usable(certificate.dossier.edition_id)
    kinds = kinds_in_public(scheme) if scheme else frozenset()
    if not kinds or public_status(certificate) not in HELD:
        return []
    rows = list(Upkeep.objects.filter(certificate=certificate, kind__in=kinds).order_by("due_on", "pk"))
    facts: list[dict[str, Any]] = []
    for kind in sorted(kinds):
        facts += _of_kind(kind, [each for each in rows if each.kind == kind])
    return facts


def _of_kind(kind: str, rows: list[Upkeep]) -> list[dict[str, Any]]:
    words = isolated({"kind": kind_title(kind)})
    done = [timezone.localdate(each.entered_at) for each in rows if each.state == SATISFIED]
    ahead = [each.due_on for each in rows if _is_open(each) and each.due_on >= timezone.localdate()]
    last = [{"term": _("%(kind)s last satisfied") % words, "value": max(done), "kind": "day"}] if done else []
    following = (
        [{"term": _("%(kind)s due next") % words, "value": min(ahead), "kind": "day"}] if ahead else []
    )
    return [*last, *following]


def _is_open(upkeep: Upkeep) -> bool:
    return not compiled(upkeep.edition_id).workflow.states[upkeep.state].final
