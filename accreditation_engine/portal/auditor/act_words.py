"""What was tried, where that is no step of a workflow."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

ACTS: dict[str, Callable[[], str]] = {
    "bundle": lambda: _("take the whole file away in a bundle"),
    "change_end": lambda: _("change the end of a role"),
    "claim": lambda: _("take a place to review"),
    "dissent": lambda: _("record a dissent"),
    "draw_reviewers": lambda: _("draw reviewers"),
    "end_role": lambda: _("end a role"),
    "erase": lambda: _("erase texts by law"),
    "grant_role": lambda: _("grant a role"),
    "hand_over": lambda: _("hand over a review"),
    "minutes": lambda: _("write minutes"),
    "open_file": lambda: _("open the file"),
    "rate": lambda: _("save ratings"),
    "recuse": lambda: _("step aside from a decision"),
    "release": lambda: _("release a review"),
    "take_off_factors": lambda: _("take second factors off"),
    "visit": lambda: _("plan or hold a visit"),
}


def act_title(act: str) -> str:
    """Empty for what this version does not know."""
    return ACTS[act]() if act in ACTS else ""
