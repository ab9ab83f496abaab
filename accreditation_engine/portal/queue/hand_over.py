"""The page on which a review is handed over, by its reviewer or by a coordinator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.allocation.choices import choices, everything, open_to_colleagues
from accreditation_engine.portal.dossier.page import frame
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.reviews.allocation.pool import pool_of
from accreditation_engine.reviews.models import Assignment
from accreditation_engine.written import kept_text


@dataclass(frozen=True)
class Typed:
    """What a form sent: the address of whoever shall review, and why."""

    to: str = ""
    reason: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> Typed:
        return cls(kept_text(post.get("to", "")), post.get("reason", ""))


ABOUT_THE_REASON = frozenset({"comment_missing", "text_too_long"})


def _colleagues(reader: Reader, chosen: str) -> list[dict[str, Any]]:
    """Who may review the file and does not: to coordinators with all that speaks against each, to reviewers with
    what they may know of each other. The same number of queries however many people."""
    told = everything if reader.plays("coordinator") else open_to_colleagues
    return choices(pool_of(reader.dossier), chosen, told)


def hand_over_page(
    reader: Reader, assignment: Assignment, typed: Typed | None = None, refused: Refused | None = None
) -> dict[str, Any]:
    """The context of portal/hand_over.html."""
    typed, reasons = typed or Typed(), refused.reasons if refused else ()
    wrong = [each for each in reasons if each.code in ABOUT_THE_REASON]
    own = assignment.reviewer_id == reader.person.pk
    return {
        **frame(reader, "dossier"),
        "own": own,
        "reviewer": "" if own else str(assignment.reviewer),
        "choices": _colleagues(reader, typed.to),
        "errors": [{"text": str(each), "target": "reason" if each in wrong else "to"} for each in reasons],
        "entry": {
            "name": "reason",
            "label": _("Reason"),
            "help": _(
                "It stays in the decision trail. Your colleague does not read it here: tell them yourself."
            )
            if own
            else _("It stays in the decision trail."),
            "value": typed.reason,
            "error": " ".join(str(each) for each in wrong),
            "required": True,
        },
    }
