"""The accrediting body, as pages and letters call it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language


def body_name() -> str:
    """In the active language."""
    return str(settings.ACCREDITING_BODY["en" if (get_language() or "ar").startswith("en") else "ar"])
