"""Asking for checkpoints by mail, confirming it, and leaving.

Of somebody who has not confirmed nothing is kept but, for a day, the task that wrote to them, and a digest that
holds back a second letter: their address is in the link that they get, signed. Whoever asks reads the same answer,
known address or not. A link holds no longer once its reader has left.
"""

from __future__ import annotations

from datetime import UTC, datetime
from time import time
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django_tasks import task

from accreditation_engine.portal.account.throttle import has_left_since, note_left

from .letters import confirming, known_already
from .mailing import mail_latest
from .models import Subscriber

SALT = "trail.subscribe"
CONFIRM_WITHIN_DAYS = 7


@task
def answer_request(email: str, language: str) -> None:
    """Mail the link that confirms, or, to somebody who gets checkpoints already, the one to leave by. As a task:
    how long the page takes tells nobody which it was."""
    subscriber = Subscriber.objects.filter(email=email).first()
    if subscriber is not None:
        known_already(subscriber).send()
        return
    token = signing.dumps({"email": email, "language": language, "at": time()}, salt=SALT)
    address = settings.SITE_URL + reverse("confirm_subscription", args=[token])
    confirming(email, language, address, CONFIRM_WITHIN_DAYS).send()


def request_of(token: str) -> dict[str, str] | None:
    """Who asked, and in which language, by the link they were sent; None when it is too old, no link of ours, or
    of before they left."""
    try:
        found = signing.loads(token, salt=SALT, max_age=CONFIRM_WITHIN_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    asked_at = datetime.fromtimestamp(found.get("at", 0), UTC)
    if has_left_since(found["email"], asked_at):
        return None
    return {"email": found["email"], "language": found["language"]}


def confirm(email: str, language: str) -> Subscriber:
    """Subscribe; the latest checkpoint is mailed at once. Twice is as good as once."""
    subscriber, _new = Subscriber.objects.get_or_create(email=email, defaults={"language": language})
    mail_latest.enqueue()
    return subscriber


def leave(subscriber: UUID) -> None:
    """Twice is as good as once."""
    for leaving in Subscriber.objects.filter(pk=subscriber):
        note_left(leaving.email)
        leaving.delete()
