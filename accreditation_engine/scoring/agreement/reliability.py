"""How far alpha can be relied on, in Krippendorff's own rule of thumb (Content Analysis, 2004, page 241)."""

from __future__ import annotations

from typing import Literal

from .figures import Figure

Reliability = Literal["reliable", "tentative", "unreliable", "chance"]


def reliability(alpha: Figure) -> Reliability | None:
    """From 0.800 conclusions can rest on the ratings, from 0.667 tentative ones; at 0 and below, reviewers agree
    no more than chance would have them. None where alpha is undefined. The rule is not for kappa or ICC."""
    if alpha.value is None:
        return None
    if alpha.value <= 0:
        return "chance"
    return "reliable" if alpha.value >= 0.8 else "tentative" if alpha.value >= 0.667 else "unreliable"
