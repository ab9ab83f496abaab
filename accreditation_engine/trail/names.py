"""The names under which people act, kept beside the events that mention them."""

from __future__ import annotations

import secrets
from uuid import UUID

from .append import SALT_BYTES
from .content import text_digest
from .models import Name


def remember(actor: UUID, name: str) -> str:
    """Keep `name` as what `actor` is called from now on; give the digest that events carry."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Name.objects.create(digest=text_digest(salt, name), actor=actor, salt=salt, name=name).digest
