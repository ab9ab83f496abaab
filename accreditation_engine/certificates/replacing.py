"""One certificate in the place of another: whoever is certified anew under a scheme has one that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.perform import perform_many

from .models import Certificate
from .queries import issued_to

REPLACE = "replace"
"""The step of a certificate's workflow that is taken by itself, in the transaction that issues the newer one."""


def replace_older(issued: Sequence[Certificate]) -> None:
    """End what `issued` (of one scheme and rubric) takes the place of: older certificates of the same
    organisations under the same scheme and rubric, wherever their edition has the step. One query where there
    are none."""
    first = issued[0]
    older = Certificate.objects.filter(
        dossier__organisation__in=[each.organisation_id for each in issued],
        dossier__scheme=first.scheme,
        rubric=first.rubric,
    ).exclude(pk__in=[each.pk for each in issued])
    perform_many(list(_replaceable(older)), REPLACE, SYSTEM)


def _replaceable(certificates: Iterable[Certificate]) -> Iterable[Certificate]:
    """Those that still count: what is overdue ends by its own step."""
    now = timezone.now()
    for each in certificates:
        overdue = each.deadline_at is not None and each.deadline_at <= now
        if not overdue and REPLACE in compiled(each.edition_id).workflow.leaving(each.state):
            yield each


def replacing(certificate: Certificate) -> Certificate | None:
    """The one that took its place; None for a certificate that was not replaced. One query where it was."""
    step = compiled(certificate.edition_id).workflow.transitions.get(REPLACE)
    if step is None or certificate.state != step.to:
        return None
    alike = issued_to(certificate.organisation_id, certificate.scheme, certificate.rubric)
    newer = alike.filter(
        Q(issued_on__gt=certificate.issued_on)
        | Q(issued_on=certificate.issued_on, number__gt=certificate.number)
    )
    return newer.order_by("issued_on", "number").first()
