"""The form that releases a review, once more: when what was written in it is not taken, it comes back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.reviews.models import Assignment

from .page import frame
from .reader import Reader

ABOUT_THE_TEXT = frozenset({"comment_missing", "text_too_long"})


def can_be_mended(refused: Refused) -> bool:
    """Whether it is only the reason, as written, that stands against it."""
    return ABOUT_THE_TEXT.issuperset(each.code for each in refused.reasons)


def release_form(reader: Reader, assignment: Assignment, typed: str, refused: Refused) -> dict[str, Any]:
    """The context of portal/release.html."""
    own = assignment.reviewer_id == reader.person.pk
    return {
        **frame(reader, "dossier"),
        "title": _("Give the review back") if own else _("Release this review"),
        "errors": [{"text": str(each), "target": "reason"} for each in refused.reasons],
        "entry": {
            "name": "reason",
            "label": _("Reason"),
            "value": typed,
            "error": str(refused),
            "required": True,
        },
    }
