"""The accrediting body, as pages and letters call it."""

from __future__ import annotations

import re

from django.conf import settings
from django.utils.translation import get_language


def body_name() -> str:
    """In the active language."""
    return str(settings.ACCREDITING_BODY["en" if (get_language() or "ar").startswith("en") else "ar"])


def contacts() -> list[dict[str, str]]:
    """How to reach it, as links; none where the site was not told."""
    number = re.sub(r"[^+0-9]", "", settings.BODY_PHONE)
    found = [
        {"title": settings.BODY_EMAIL, "url": f"mailto:{settings.BODY_EMAIL}"},
        {"title": settings.BODY_PHONE, "url": f"tel:{number}"},
    ]
    return [each for each in found if each["title"]]
