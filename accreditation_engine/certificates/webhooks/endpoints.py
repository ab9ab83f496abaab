"""Adding, changing and ending addresses that are told: those of the body by administrators of every scheme, those
of an organisation by its owners."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.administering import ADMINISTRATOR, may_not_administer
from accreditation_engine.organisations.colleagues import APPLICANT, owners_of
from accreditation_engine.organisations.models import Organisation, User

from .models import Delivery, Endpoint
from .posting import NotPosted, public_address
from .told.topic import Span
from .told.topics import TYPES
from .untold import keep

MADE, ENDED = "webhook_made", "webhook_ended"
CHANGED, SECRET_CHANGED = "webhook_changed", "webhook_secret_changed"
LONGEST = 500
MOST = 50
"""Addresses of the body that stand at once."""
MOST_OF_ONE = 5
"""The same of one organisation."""
MOST_AGAIN = 1000
"""Messages that are sent anew at once."""


def add_endpoint(
    *, url: str, types: Collection[str], by: User, organisation: Organisation | None = None
) -> Endpoint:
    """Tell `url` from now on of what is of these `types`. Raises Refused for everybody but administrators of every
    scheme, or owners of the `organisation`; for an address that is none, is not https, or does not lead into the
    public network; and for no type, or one that is none."""
    owner = None if organisation is None else organisation.pk
    if reasons := [*may_not_manage(organisation, by), *unlike_address(url), *unlike_types(types)]:
        raise Refused(reasons)
    with transaction.atomic():
        standing = Endpoint.objects.select_for_update().filter(ended_at=None, organisation=owner)
        if any(each.url == url for each in standing):
            raise Refused([Reason("webhook_known")])
        most = MOST if organisation is None else MOST_OF_ONE
        if len(standing) >= most:
            raise Refused([Reason("webhooks_too_many", {"most": most})])
        now = timezone.now()
        endpoint = Endpoint.objects.create(
            url=url,
            organisation=organisation,
            types=_in_order(types),
            made_by=by,
            made_at=now,
            looked_at=now,
        )
        record(endpoint.pk, MADE, by, role=_role(endpoint), data=said_of(endpoint))
    return endpoint


def change_types(*, endpoint: Endpoint, types: Collection[str], by: User) -> None:
    """Tell it of what is of these types from now on. Raises Refused as above, and where it is told nothing
    more."""
    if reasons := [*_may_not_change(endpoint, by), *unlike_types(types)]:
        raise Refused(reasons)
    with transaction.atomic():
        locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if locked.types == (wanted := _in_order(types)):
            return
        locked.types = wanted
        locked.save(update_fields=["types"])
        record(endpoint.pk, CHANGED, by, role=_role(endpoint), data={"types": wanted})


def change_secret(*, endpoint: Endpoint, instead_of: int, by: User) -> None:
    """Another secret than the one with this number, which signs as well for a day; twice is once, or the one that
    the other site has would end at once. Raises Refused as above."""
    if reasons := _may_not_change(endpoint, by):
        raise Refused(reasons)
    with transaction.atomic():
        locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if locked.secret_number != instead_of:
            return
        locked.secret_number += 1
        locked.secret_changed_at = timezone.now()
        locked.save(update_fields=["secret_number", "secret_changed_at"])
        data = {"secret_number": locked.secret_number}
        record(endpoint.pk, SECRET_CHANGED, by, role=_role(endpoint), data=data)


def end_endpoint(*, endpoint: Endpoint, by: User) -> None:
    """Tell it nothing more. Twice is once. Raises Refused for whoever may not add it."""
    if reasons := may_not_manage(endpoint.organisation, by):
        raise Refused(reasons)
    with transaction.atomic():
        standing = Endpoint.objects.filter(pk=endpoint.pk, ended_at=None)
        if not standing.update(ended_at=timezone.now()):
            return
        Delivery.objects.filter(endpoint=endpoint, next_at__isnull=False).update(next_at=None)
        record(endpoint.pk, ENDED, by, role=_role(endpoint), data={"host": _host(endpoint.url)})


def send_again(*, delivery: Delivery, by: User) -> None:
    """Try from the beginning, whether it had arrived or was given up. Raises Refused as `change_types`."""
    if reasons := _may_not_change(delivery.endpoint, by):
        raise Refused(reasons)
    _anew([delivery.pk])


def send_span_again(*, endpoint: Endpoint, since: datetime, until: datetime, by: User) -> int:
    """The same for all that happened from `since` on and before `until`, be it before the address was added; how
    much that is. Raises Refused as above, and where it is too much at once."""
    reasons = _may_not_change(endpoint, by)
    if since >= until:
        reasons = [*reasons, Reason("webhook_span_backwards")]
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        keep(endpoint, Span(since, until), timezone.now())
        wanted = endpoint.deliveries.filter(at__gte=since, at__lt=until, type__in=endpoint.types)
        found = list(wanted.values_list("pk", flat=True)[: MOST_AGAIN + 1])
        if len(found) > MOST_AGAIN:
            raise Refused([Reason("webhook_span_too_long", {"most": MOST_AGAIN})])
        _anew(found)
    return len(found)


def said_of(endpoint: Endpoint) -> dict[str, object]:
    """What an event says of an address: where it lies, and the digest of the whole, which may hold a secret."""
    return {
        "host": _host(endpoint.url),
        "address": sha256(endpoint.url.encode()).hexdigest(),
        "organisation": str(endpoint.organisation_id or ""),
        "types": list(endpoint.types),
    }


def may_not_manage(organisation: Organisation | None, by: User) -> list[Reason]:
    if organisation is None:
        return may_not_administer("", by)
    owns = owners_of(organisation.pk).filter(user=by).exists()
    return [] if owns else [Reason("not_owner")]


def unlike_types(types: Collection[str]) -> list[Reason]:
    return [] if types and set(types) <= set(TYPES) else [Reason("webhook_without_types")]


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


def _may_not_change(endpoint: Endpoint, by: User) -> list[Reason]:
    over = [] if endpoint.ended_at is None else [Reason("webhook_over")]
    return [*may_not_manage(endpoint.organisation, by), *over]


def _anew(deliveries: Collection[UUID]) -> None:
    Delivery.objects.filter(pk__in=deliveries).update(
        next_at=timezone.now(), tries=0, delivered_at=None, status=None, error=""
    )


def _in_order(types: Collection[str]) -> list[str]:
    return [each for each in TYPES if each in types]


def _role(endpoint: Endpoint) -> str:
    return ADMINISTRATOR if endpoint.organisation_id is None else APPLICANT


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
