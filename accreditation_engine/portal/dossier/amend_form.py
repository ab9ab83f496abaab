"""The form with which a reviewer or a coordinator says better what was found, until it is answered."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.whole_numbers import whole_number
from accreditation_engine.reviews.amending import HANDS, amend_text, amendment_closed, worded_last
from accreditation_engine.reviews.models import Finding
from accreditation_engine.trail.queries import told

from .page import frame
from .reader import Reader
from .rubrics import criterion_titles

FIELDS = {"finding_without_text": "text", "comment_missing": "reason"}
"""The field in which what a reason is about was typed, where the reason does not say it."""


def may_amend(reader: Reader) -> bool:
    return not reader.roles.isdisjoint(HANDS)


def send_amendment(finding: Finding, typed: QueryDict, by: User) -> None:
    """Raises Refused with all that is wrong."""
    text, reason, seen = (typed.get(name, "") for name in ("text", "reason", "seen"))
    amend_text(finding=finding, text=text, reason=reason, seen=whole_number(seen) or 0, by=by)


def amendment_of(
    reader: Reader, finding: Finding, typed: QueryDict, refused: Refused | None
) -> dict[str, Any]:
    """The context of portal/amend_finding.html; after a refusal with what was typed, beside what it says now."""
    (now,) = told([worded_last(finding)])
    errors = [
        {"text": str(each), "target": each.parameters.get("field", FIELDS.get(each.code, ""))}
        for each in (refused.reasons if refused else ())
    ]
    return {
        **frame(reader, "dossier"),
        "finding": finding,
        "criterion": criterion_titles(reader.scheme)[finding.rubric, finding.criterion],
        "now": now.comment,
        "seen": now.event.seq,
        "closed": [] if refused else [str(each) for each in _closed(reader, finding)],
        "errors": errors,
        "wrong": {each["target"]: each["text"] for each in errors if each["target"]},
        "text": typed.get("text", "") if refused else now.comment,
        "reason": typed.get("reason", ""),
    }


def _closed(reader: Reader, finding: Finding) -> list[Reason]:
    role = next(each for each in HANDS if reader.plays(each))
    return amendment_closed(finding, reader.dossier, role)
