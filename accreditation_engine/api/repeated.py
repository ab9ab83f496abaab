"""Requests that are sent twice, because a network failed in between: done once, and answered the same.

Source: draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Annotated

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header

from accreditation_engine.organisations.models import User

from .models import KeptAnswer
from .problems import Refusal

GIVEN_UP = timedelta(minutes=5)
"""What is not done by then never will be: its process is gone, and nothing of it was kept."""
REPLAYED = "Idempotency-Replayed"

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[!-~]+$",
        description=gettext_noop(
            "A new one, such as a UUID, for each thing to be done; the same one when it is sent again"
        ),
    ),
]


def done_once(request: HttpRequest, person: User, key: str, do: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `do`, or the one that was given when `person` sent this before. What is done and its answer
    are kept together or not at all. Raises Refusal where the key stands for something else, or is not done yet."""
    asked = sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    ours, before = _begun(person, key, asked)
    if before is not None:
        return before
    try:
        with transaction.atomic():
            answer = do()
            KeptAnswer.objects.filter(pk=ours).update(
                status=answer.status_code,
                content_type=answer["Content-Type"],
                content=answer.content.decode(),
            )
    except BaseException:
        KeptAnswer.objects.filter(pk=ours).delete()
        raise
    return answer


def _begun(person: User, key: str, asked: str) -> tuple[int, HttpResponse | None]:
    """The row that is ours to finish; or the answer of before."""
    now = timezone.now()
    stale = KeptAnswer.objects.filter(person=person, key=key, status=None, began_at__lt=now - GIVEN_UP)
    stale.delete()
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(person=person, key=key, request=asked, began_at=now)
        return row.pk, None
    except IntegrityError:
        found = KeptAnswer.objects.filter(person=person, key=key).first()
    if found is None or (found.status is None and found.request == asked):
        detail = _(
            "This request is being done at this moment. Ask again in a few seconds, with the same key."
        )
        raise Refusal(409, "in-flight", detail)
    if found.request != asked:
        detail = _("This key was sent with another request. Use a new key for each thing to be done.")
        raise Refusal(422, "key-used", detail)
    answer = HttpResponse(found.content, status=found.status, content_type=found.content_type)
    answer[REPLAYED] = "true"
    return found.pk, answer


def json_answer(content: object, status: int = 200) -> HttpResponse:
    return HttpResponse(
        json.dumps(content, ensure_ascii=False), status=status, content_type="application/json; charset=utf-8"
    )
