"""What is told, and when: everything that happened to a certificate is found by what has not been told yet, so
that nothing is lost with a worker, and nothing is told twice."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.finished.content import outcome_title, register_address
from accreditation_engine.certificates.holder import holder_of
from accreditation_engine.certificates.models import Certificate, Delivery, Endpoint
from accreditation_engine.certificates.status import public_status
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.jobs.periodic import periodic

from .posting import NotPosted, post
from .signing import headers_for

log = logging.getLogger(__name__)
AFTER = (
    *(timedelta(minutes=each) for each in (1, 5, 30)),
    *(timedelta(hours=each) for each in (2, 5, 10, 14, 20, 24)),
)
"""How long after a try that failed the next one is made; then it is given up, three days on."""
AT_ONCE = 200
LONGEST_RUN = timedelta(minutes=5)
GONE = 410
"""The other side wants nothing more."""


@periodic("webhooks", every=timedelta(minutes=1))
def tell_webhooks() -> None:
    """Find what is to be told, and try what is due."""
    endpoints = list(Endpoint.objects.filter(ended_at=None))
    for endpoint in endpoints:
        find_untold(endpoint)
    until = timezone.now() + LONGEST_RUN
    due = Delivery.objects.filter(next_at__lte=timezone.now(), endpoint__ended_at=None).order_by("next_at")
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        if timezone.now() > until:
            break
        try_delivery(Delivery.objects.select_related("endpoint").get(pk=pk))


def find_untold(endpoint: Endpoint) -> None:
    """A delivery for each certificate that came where it stands since the endpoint was added, and of which it was
    not told there. Two statements."""
    told = Delivery.objects.filter(endpoint=endpoint, certificate=OuterRef("pk"), seq=OuterRef("state_seq"))
    since = Certificate.objects.filter(entered_at__gte=endpoint.made_at).exclude(Exists(told))
    now = timezone.now()
    Delivery.objects.bulk_create(
        [
            Delivery(endpoint=endpoint, certificate_id=pk, seq=seq, made_at=now, next_at=now)
            for pk, seq in since.values_list("pk", "state_seq")
        ],
        ignore_conflicts=True,
    )


def try_delivery(delivery: Delivery) -> bool:
    """Send it, and keep what came of it; whether it has arrived. Of two workers one alone sends."""
    next_at = timezone.now() + AFTER[delivery.tries] if delivery.tries < len(AFTER) else None
    ours = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at, next_at__isnull=False)
    if not ours.update(next_at=next_at, tries=F("tries") + 1):
        return False
    status, error = _sent(delivery)
    arrived = status is not None and 200 <= status < 300
    told = {"delivered_at": timezone.now(), "next_at": None} if arrived else {}
    over = {"next_at": None} if status == GONE else {}
    Delivery.objects.filter(pk=delivery.pk).update(status=status, error=error, **told, **over)
    return arrived


def _sent(delivery: Delivery) -> tuple[int | None, str]:
    certificates = Certificate.objects.select_related("dossier__organisation")
    body = json.dumps(message_of(certificates.get(pk=delivery.certificate_id), delivery)).encode()
    headers = headers_for(delivery.endpoint_id, delivery.pk, int(timezone.now().timestamp()), body)
    try:
        return post(delivery.endpoint.url, body, headers), ""
    except NotPosted as refused:
        log.info("A webhook to %s was not sent: %s", delivery.endpoint.url, refused.code)
        return None, refused.code


def message_of(certificate: Certificate, delivery: Delivery) -> dict[str, Any]:
    """What stands in the register for everybody, as of now."""
    scheme, holder = compiled(certificate.dossier.edition_id), holder_of(certificate)
    outcome, title = outcome_title(certificate, scheme), scheme.workflow.title
    credential = reverse("certificate_credential", args=[certificate.number])
    return {
        "type": "certificate.issued" if delivery.seq == 1 else "certificate.changed",
        "timestamp": timezone.now().isoformat(),
        "data": {
            "number": certificate.number,
            "status": public_status(certificate),
            "holder_ar": holder.name.ar,
            "holder_en": holder.name.en,
            "registration_number": holder.registration_number,
            "scheme": certificate.scheme,
            "scheme_ar": title.ar,
            "scheme_en": title.en,
            "outcome": certificate.outcome,
            "outcome_ar": outcome.ar,
            "outcome_en": outcome.en,
            "issued_on": certificate.issued_on.isoformat(),
            "valid_until": certificate.valid_until.isoformat() if certificate.valid_until else None,
            "page": register_address(certificate.number),
            "credential": settings.SITE_URL + credential,
        },
    }


def standing_of(delivery: Delivery) -> str:
    """ "arrived", "waiting" for its first or next try, or "given_up"."""
    if delivery.delivered_at is not None:
        return "arrived"
    return "waiting" if delivery.next_at is not None else "given_up"
