"""What a press asks for many files, told apart from every other: the same page that sends the same again, because
it was pressed twice or loaded anew, asks for nothing more."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from django.http import QueryDict

from accreditation_engine.organisations.models import User
from accreditation_engine.portal.identifiers import identifier

from .models import Batch


def key_of(sent: QueryDict) -> UUID:
    page = identifier(sent.get("batch", ""))
    if page is None:
        return uuid4()
    return uuid5(page, "\n".join([sent.get("step", ""), sent.get("comment", ""), *sent.getlist("file")]))


def asked_before(key: UUID, by: User) -> Batch | None:
    """One query."""
    return Batch.objects.filter(pk=key, asked_by=by).first()
