"""The kinds of events after which a certificate says something else, and needs a new version of its paper."""

from __future__ import annotations

from .scope import SCOPE_SET

AMENDED = "amended"
"""After an appeal."""
SAID_ANEW = (SCOPE_SET, AMENDED)
