"""Making and ending tokens, and knowing whose token it is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.engine.recording import record
from accreditation_engine.organisations.models import ApiToken, User
from accreditation_engine.written import kept_line

from .secret import digest_of, mark_in, new_secret

SCOPES = ("dossiers:read", "trail:read", "queue:read", "transitions:write")
LONGEST_NAME = 100
MOST_DAYS = 365
MOST_TOKENS = 20
MADE, ENDED = "token_made", "token_ended"


def make_token(*, person: User, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """A token of `person`, and its secret, which nobody can read again. Their trail says what it may do and how
    long, not what it is called. Raises Refused with all that stands against it."""
    called, wanted = kept_line(name), [each for each in SCOPES if each in scopes]
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        if reasons := _against(locked, called, wanted, scopes, days):
            raise Refused(reasons)
        mark, secret = new_secret()
        now = timezone.now().replace(microsecond=0)
        token = ApiToken.objects.create(
            person=locked,
            name=called,
            mark=mark,
            digest=digest_of(secret),
            scopes=wanted,
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        record(locked.pk, MADE, locked, data=said_of(token))
    return token, secret


def said_of(token: ApiToken) -> dict[str, object]:
    """What an event says of a token."""
    return {
        "token": str(token.pk),
        "digest": token.digest,
        "scopes": list(token.scopes),
        "expires_at": token.expires_at.isoformat(),
    }


def _against(
    person: User, name: str, wanted: Collection[str], scopes: Collection[str], days: int
) -> list[Reason]:
    reasons = []
    if not name:
        reasons.append(Reason("token_name_missing"))
    if len(name) > LONGEST_NAME:
        reasons.append(Reason("text_too_long", {"count": len(name), "most": LONGEST_NAME}))
    if not wanted or len(wanted) != len(set(scopes)):
        reasons.append(Reason("token_scope_missing"))
    if not 1 <= days <= MOST_DAYS:
        reasons.append(Reason("token_too_long", {"most": MOST_DAYS}))
    if person.api_tokens.filter(name=name, expires_at__gt=timezone.now()).exists():
        reasons.append(
            Reason("token_name_taken")
        )  # or a page that is sent again makes one that nobody knows of
    if person.api_tokens.count() >= MOST_TOKENS:
        reasons.append(Reason("too_many_tokens", {"most": MOST_TOKENS}))
    return reasons


def end_token(*, person: User, token: UUID) -> bool:
    """From now on it opens nothing. Whether there was one of theirs to end."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update().filter(pk=token, person=person).first()
        if found is None:
            return False
        record(person.pk, ENDED, person, data={"token": str(found.pk)})
        found.delete()
    return True


def token_behind(secret: str) -> ApiToken | None:
    """The token that `secret` is, with its owner; None for one that is ended or expired, of an account that is
    closed, or of nobody. One query."""
    found = ApiToken.objects.filter(mark=mark_in(secret)).select_related("person").first()
    same = constant_time_compare(digest_of(secret), found.digest if found else "")
    if found is None or not same or found.expired or not found.person.is_active:
        return None
    return found


def note_use(token: ApiToken) -> None:
    """On which day it was used last. One statement on the first use of a day, none on others."""
    today = timezone.now().date()
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
