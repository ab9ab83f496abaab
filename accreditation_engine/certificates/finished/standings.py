"""The status lists: which papers' certificates are withdrawn, and which suspended."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, Max, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from accreditation_engine.certificates.credential import integrity
from accreditation_engine.certificates.credential.did import did_of, method
from accreditation_engine.certificates.credential.document import PURPOSES
from accreditation_engine.certificates.credential.status_credential import status_credential
from accreditation_engine.certificates.credential.status_list import ENTRIES
from accreditation_engine.certificates.keys.files import credential_key
from accreditation_engine.certificates.keys.keeping import current
from accreditation_engine.certificates.keys.models import CREDENTIAL
from accreditation_engine.certificates.models import Paper, StatusList
from accreditation_engine.certificates.status import HELD
from accreditation_engine.certificates.status_words import status_words
from accreditation_engine.engine.jobs.periodic import periodic

from .certified import list_address

REVOCATION, SUSPENSION = PURPOSES
SIGNED_ANEW = timedelta(hours=12)
"""Even where nothing changed, so that whoever reads a list sees that somebody still looks after it."""


@periodic("status lists", every=timedelta(minutes=1))
def sign_lists() -> None:
    """Sign every list that stands otherwise than it was signed, or was signed long ago. Raises KeyUnusable."""
    now = timezone.now()
    last = Paper.objects.aggregate(last=Max("place"))["last"]
    for number in range(0 if last is None else last // ENTRIES + 1):
        places = _places(number, now)
        for purpose in PURPOSES:
            _sign_where_needed(purpose, number, places[purpose], now)


def _sign_where_needed(purpose: str, number: int, places: Iterable[int], now: datetime) -> None:
    address, did = list_address(purpose, number), did_of(settings.SITE_URL)
    unsigned = status_credential(address, did, purpose, sorted(places), since=now)
    encoded = unsigned["credentialSubject"]["encodedList"]
    before = StatusList.objects.filter(purpose=purpose, number=number).first()
    if before and before.encoded == encoded and before.signed_at > now - SIGNED_ANEW:
        return
    key = current(CREDENTIAL)
    signed = integrity.signed(unsigned, credential_key(key, now), method=method(did, key.public), created=now)
    StatusList.objects.update_or_create(
        purpose=purpose,
        number=number,
        defaults={
            "encoded": encoded,
            "document": json.dumps(signed, ensure_ascii=False, indent=1),
            "signed_at": now,
        },
    )


def _places(number: int, now: datetime) -> dict[str, set[int]]:
    """Within the list, by purpose. A paper that another version replaced, or shall replace, is withdrawn for
    good."""
    found = {purpose: set[int]() for purpose in PURPOSES}
    for place, edition, state, over, replaced in _not_plainly_active(number, now):
        status = status_words(edition)[state][over]
        if replaced or status not in HELD:
            found[REVOCATION].add(place % ENTRIES)
        elif status == "suspended":
            found[SUSPENSION].add(place % ENTRIES)
    return found


def _not_plainly_active(number: int, now: datetime) -> QuerySet[Paper, tuple[Any, ...]]:
    """All but those whose certificate is active and not over, and which no later version replaces: a scope that is
    not the certificate's any more is not to be shown until the paper of the new one is made. One query."""
    later = Paper.objects.filter(certificate=OuterRef("certificate"), version__gt=OuterRef("version"))
    passed = Q(certificate__deadline_at__lte=now)
    outdated = Q(Exists(later)) | Q(version__lt=F("certificate__paper_due"))
    rows = Paper.objects.filter(place__gte=number * ENTRIES, place__lt=(number + 1) * ENTRIES).annotate(
        replaced=_truth(outdated), over=_truth(passed)
    )
    return rows.filter(~Q(certificate__state="active") | Q(over=True) | Q(replaced=True)).values_list(
        "place", "certificate__edition", "certificate__state", "over", "replaced"
    )


def _truth(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))
