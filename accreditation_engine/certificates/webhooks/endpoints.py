"""Adding and ending addresses that are told, by administrators of every scheme."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.administering import ADMINISTRATOR, may_not_administer
from accreditation_engine.organisations.models import User

from .models import Delivery, Endpoint
from .posting import NotPosted, public_address

MADE, ENDED = "webhook_made", "webhook_ended"
LONGEST = 500
MOST = 50
"""Addresses that stand at once."""


def add_endpoint(*, url: str, by: User) -> Endpoint:
    """Tell `url` from now on. Raises Refused for everybody but administrators of every scheme, and for an address
    that is none, is not https, or does not lead into the public network."""
    if reasons := [*may_not_administer("", by), *unlike_address(url)]:
        raise Refused(reasons)
    with transaction.atomic():
        standing = Endpoint.objects.select_for_update().filter(ended_at=None)
        if any(each.url == url for each in standing):
            raise Refused([Reason("webhook_known")])
        if len(standing) >= MOST:
            raise Refused([Reason("webhooks_too_many", {"most": MOST})])
        endpoint = Endpoint.objects.create(url=url, made_by=by, made_at=timezone.now())
        record(endpoint.pk, MADE, by, role=ADMINISTRATOR, data={"host": urlsplit(url).hostname or ""})
    return endpoint


def end_endpoint(*, endpoint: Endpoint, by: User) -> None:
    """Tell it nothing more. Twice is once. Raises Refused as above."""
    if reasons := may_not_administer("", by):
        raise Refused(reasons)
    with transaction.atomic():
        standing = Endpoint.objects.filter(pk=endpoint.pk, ended_at=None)
        if not standing.update(ended_at=timezone.now()):
            return
        Delivery.objects.filter(endpoint=endpoint, next_at__isnull=False).update(next_at=None)
        host = urlsplit(endpoint.url).hostname or ""
        record(endpoint.pk, ENDED, by, role=ADMINISTRATOR, data={"host": host})


def send_again(*, delivery: Delivery, by: User) -> None:
    """Try from the beginning, whether it had arrived or was given up. Raises Refused as above, and where the
    address is told nothing more."""
    reasons = may_not_administer("", by)
    if delivery.endpoint.ended_at is not None:
        reasons = [*reasons, Reason("webhook_over")]
    if reasons:
        raise Refused(reasons)
    Delivery.objects.filter(pk=delivery.pk).update(
        next_at=timezone.now(), tries=0, delivered_at=None, status=None, error=""
    )


def unlike_address(url: str) -> list[Reason]:
    schemes = ["https", "http"] if settings.WEBHOOKS_ANYWHERE else ["https"]
    try:
        URLValidator(schemes=schemes)(url)
        parts = urlsplit(url)
        if len(url) > LONGEST or parts.username is not None or parts.fragment:
            return [Reason("webhook_not_https")]
        public_address(parts.hostname or "", parts.port or 443)
    except (ValidationError, ValueError):
        return [Reason("webhook_not_https")]
    except NotPosted as refused:
        return [Reason(f"webhook_{refused.code}")]
    return []
