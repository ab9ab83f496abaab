"""That a score sheet counts the mean of ratings on which reviewers have yet to agree, and where they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .reader import Reader


def to_agree(reader: Reader, criteria: Sequence[str]) -> dict[str, Any] | None:
    """For parts/to_agree.html; None where nothing is to be agreed. The way leads to where the reader may agree,
    else to where the reader may read it."""
    if not criteria:
        return None
    words = ngettext(
        "Reviewers are too far apart on %(count)d criterion: the rating is still to be agreed. Until then their"
        " mean counts here.",
        "Reviewers are too far apart on %(count)d criteria: the ratings are still to be agreed. Until then their"
        " means count here.",
        len(criteria),
    )
    return {"words": words % {"count": len(criteria)}, **_way(reader)}


def _way(reader: Reader) -> dict[str, str]:
    if reader.sees("consensus"):
        return {"url": reverse("consensus", args=[reader.dossier.pk]), "link": _("Agree on ratings")}
    if reader.sees("ratings"):
        return {
            "url": reverse("ratings", args=[reader.dossier.pk]) + "#agreed",
            "link": _("To these ratings"),
        }
    return {}
