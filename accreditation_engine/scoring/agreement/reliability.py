"""How far alpha can be relied on, by Krippendorff's rule of thumb (Content Analysis, 2004, page 241)."""

from __future__ import annotations

from typing import Literal

from .figures import Figure

Reliability = Literal["reliable", "tentative", "unreliable", "chance"]
Reason = Literal["none", "low", "middle", "wide", "few", "high", "high_without_interval"]
"""What in alpha makes it so: at or below 0; below 0.667; below 0.800; high, but with an interval that reaches down
too far or from too few units; high with an interval, or without one."""
RELIABLE, TENTATIVE = 0.8, 0.667


def reliability(alpha: Figure) -> Reliability | None:
    """From 0.800 conclusions can rest on the ratings, from 0.667 tentative ones; at 0 and below, reviewers agree
    no more than chance would have them. None where alpha is undefined. The rule is not for kappa or ICC.

    A high alpha from little data is no more than tentative: its interval must lie above 0.667, and where there is
    none, units must not be few.
    """
    if alpha.value is None:
        return None
    if alpha.value < TENTATIVE:
        return "unreliable" if alpha.value > 0 else "chance"
    return "reliable" if alpha.value >= RELIABLE and _sure(alpha) else "tentative"


def reason(alpha: Figure) -> Reason | None:
    """Why its reliability is what it is; None where alpha is undefined."""
    if alpha.value is None:
        return None
    if alpha.value < TENTATIVE:
        return "low" if alpha.value > 0 else "none"
    if alpha.value < RELIABLE:
        return "middle"
    if _sure(alpha):
        return "high" if alpha.interval else "high_without_interval"
    return "wide" if alpha.interval else "few"


def _sure(alpha: Figure) -> bool:
    if alpha.interval is not None:
        return alpha.interval.low >= TENTATIVE
    return "few_units" not in {each.code for each in alpha.cautions}
