"""Renewing a certificate that runs out: a new file of its scheme, which begins with the answers of the old one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, QuerySet
from django.utils import timezone

from accreditation_engine.dossiers.carrying import Renewal, open_renewal
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.rules import require_member
from accreditation_engine.dossiers.stating_scope import write_scope
from accreditation_engine.engine.prepared import Given
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.unusable import usable
from accreditation_engine.organisations.models import User

from .models import Certificate
from .queries import issued_to

BEFORE, AFTERWARDS = 6, 6
"""Months: from how long before its last day a certificate is renewed, and until how long after it."""
RENEWED = frozenset({"active", "suspended", "expired"})
"""What strangers read of a certificate that may be renewed: what was taken back is applied for anew."""


def renew(*, certificate: Certificate, by: User) -> Renewal:
    """Open the file that renews `certificate`, and asks to cover what that covers by now. Raises Refused for
    whoever does not act for its organisation, with what `not_renewable` says, and as `open_renewal` does."""
    with transaction.atomic():
        require_member(certificate.dossier, by)
        if reasons := not_renewable(certificate):
            raise Refused(reasons)
        renewal = open_renewal(earlier=certificate.dossier, certificate=certificate.number, by=by)
        write_scope(renewal.dossier, certificate.scope, by)
        return renewal


def not_renewable(certificate: Certificate, today: date | None = None) -> list[Reason]:
    """Why a certificate cannot be renewed now; none where it can. One query, none where its days say so."""
    day = today or timezone.localdate()
    until = certificate.valid_until
    if until is None:
        return [Reason("renewal_never")]
    if not may_be_renewed(certificate.edition_id, certificate.state) or day > until + relativedelta(
        months=AFTERWARDS
    ):
        return [Reason("renewal_too_late", {"number": certificate.number})]
    if day < renewed_from(until):
        return [Reason("renewal_too_early", {"until": until.isoformat()})]
    issued = issued_to(certificate.organisation_id, certificate.scheme, certificate.rubric)
    if issued.filter(issued_on__gt=certificate.issued_on).exists():
        return [Reason("renewal_too_late", {"number": certificate.number})]
    return []


def renewed_from(until: date) -> date:
    """From which day on a certificate is renewed whose last day is `until`."""
    first = until - relativedelta(months=BEFORE)
    return first if first + relativedelta(months=BEFORE) >= until else first + timedelta(days=1)


def near_their_end(organisation: Any) -> QuerySet[Certificate]:
    """The certificates of `organisation`, an id or what stands for one in SQL, for which it is time, the first to
    run out first: no newer one was issued, and no file was opened to renew them yet. Whether one still may be
    renewed where it stands is for `may_be_renewed` to say."""
    newer = issued_to(OuterRef("dossier__organisation"), OuterRef("dossier__scheme"), OuterRef("rubric"))
    return Certificate.objects.filter(
        ~Exists(newer.filter(issued_on__gt=OuterRef("issued_on"))),
        ~Exists(Dossier.objects.filter(renews=OuterRef("dossier"))),
        dossier__organisation=organisation,
        valid_until__lte=_months_from_now(BEFORE),
        valid_until__gte=_months_from_now(-AFTERWARDS),
    ).order_by("valid_until", "number")


def _months_from_now(months: int) -> Given:
    return Given(lambda asked: timezone.localdate(asked.now) + relativedelta(months=months), DateField())


def may_be_renewed(edition: str, state: str) -> bool:
    """Whether a certificate that stands in this state of this edition of its life was not taken back, as far as
    anybody knows."""
    scheme = usable(edition)
    return scheme is not None and scheme.workflow.status_in_public(state) in RENEWED
