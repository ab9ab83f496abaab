"""The form with which a reviewer raises a finding: what it offers, and what was typed into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Severity
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Reason, Refused
from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.queries import workers_of
from accreditation_engine.portal.templatetags.dates import day_in_words
from accreditation_engine.portal.whole_numbers import OF_A_ROW, whole_number
from accreditation_engine.reviews.findings import (
    Found,
    latest_day,
    raise_finding,
    reasons_against,
    usual_day,
)
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.words import SEVERITIES, severity_title

from .anonymous import file_called, knows
from .criterion_choice import criterion_groups, criterion_typed
from .page import frame
from .reader import Reader, language
from .rubrics import criterion_titles, with_titles

FIELDS = {
    "unknown_criterion": "criterion",
    "finding_without_severity": "severity",
    "finding_without_text": "text",
    "major_without_evidence": "evidence",
    "not_in_evidence": "evidence",
    "due_in_the_past": "due_on",
    "due_too_late": "due_on",
    "no_such_day": "due_on",
    "not_a_member": "owner",
    "owner_unknown": "owner",
}
"""The field in which what a reason is about was typed, where the reason does not say it."""


@dataclass(frozen=True)
class Draft:
    """What was typed, as text. `evidence` are the numbers of files, `owner` an address."""

    criterion: str = ""
    severity: str = ""
    text: str = ""
    evidence: tuple[str, ...] = ()
    due_on: str = ""
    owner: str = ""

    @classmethod
    def of(cls, post: QueryDict) -> Draft:
        texts = {name: post.get(name, "") for name in ("criterion", "severity", "text", "due_on", "owner")}
        return cls(**texts, evidence=tuple(post.getlist("evidence")))

    def send(self, reader: Reader) -> Finding:
        """Raise it. Raises Refused with all that is wrong at once."""
        members = _members(reader)
        found, wrong = self._found(reader, members), list(self._unreadable(members))
        if wrong:
            raise Refused([*wrong, *reasons_against(reader.dossier, found, reader.person)])
        return raise_finding(dossier=reader.dossier, found=found, by=reader.person)

    def moved_to(self, finding: Finding) -> str:
        """That the finding is due on another day than was typed, in words; "" where it is not."""
        typed = _day(self.due_on)
        if typed is None or finding.due_on is None or finding.due_on == typed:
            return ""
        words = _("%(typed)s is a day off, so it is to be corrected by the next working day: %(due)s.")
        return words % isolated({"typed": day_in_words(typed), "due": day_in_words(finding.due_on)})

    def _found(self, reader: Reader, members: Sequence[User]) -> Found:
        asked = (whole_number(each, digits=OF_A_ROW) for each in self.evidence)
        numbers = [each for each in asked if each is not None]
        return Found(
            criterion=criterion_typed(self.criterion),
            severity=cast(Severity, self.severity),
            text=self.text,
            evidence=list(Evidence.objects.filter(dossier=reader.dossier, pk__in=numbers)),
            due_on=_day(self.due_on),
            owner=next((each for each in members if each.email == self.owner), None),
        )

    def _unreadable(self, members: Sequence[User]) -> Iterator[Reason]:
        """What has no meaning that the domain could judge."""
        if self.due_on and _day(self.due_on) is None:
            yield Reason("no_such_day", {"typed": self.due_on[:40], "example": "2027-03-31"})
        if self.owner and all(each.email != self.owner for each in members):
            yield Reason("owner_unknown")


def _members(reader: Reader) -> list[User]:
    """Who may be named, where it is told whose file it is."""
    return list(workers_of(reader.dossier.organisation_id)) if knows(reader) else []


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed.strip())
    except ValueError:
        return None


def form_of(reader: Reader, draft: Draft, reasons: Sequence[Reason]) -> dict[str, Any]:
    """The context of portal/new_finding.html."""
    errors = [_error(reader, each) for each in reasons]
    return {
        **frame(reader, "dossier"),
        "errors": errors,
        "wrong": {each["target"]: each["text"] for each in errors if each["target"]},
        "groups": criterion_groups(reader),
        "severities": [{"value": each, "label": severity_title(each)} for each in SEVERITIES],
        "usual": list(_usual_days(reader)),
        "earliest": timezone.localdate(),
        "latest": latest_day(),
        "files": _files(reader, draft),
        "members": _members(reader),
        "typed": draft,
    }


def _error(reader: Reader, reason: Reason) -> dict[str, str]:
    told = Reason(reason.code, with_titles(reader.scheme, reason.parameters))
    words = str(told) if reason.code != "unknown_criterion" else _("Choose the requirement that is not met.")
    return {"text": words, "target": reason.parameters.get("field", FIELDS.get(reason.code, ""))}


def _files(reader: Reader, draft: Draft) -> list[dict[str, Any]]:
    if not reader.sees("evidence"):
        return []
    titles = criterion_titles(reader.scheme)
    standing = Evidence.objects.filter(dossier=reader.dossier, taken_back_at=None)
    return [
        {
            "pk": each.pk,
            "name": file_called(each, named=knows(reader)),
            "of": titles.get((each.rubric, each.criterion), ""),
            "chosen": str(each.pk) in draft.evidence,
        }
        for each in standing.order_by("rubric", "criterion", "pk")
    ]


def _usual_days(reader: Reader) -> Iterator[dict[str, Any]]:
    """What counts where no day is typed: the rubrics' own times, counted from today."""
    for rubric in reader.scheme.rubrics.values():
        days = [
            (each, usual_day(reader.scheme.workflow, rubric, cast(Severity, each))) for each in SEVERITIES
        ]
        for severity, due in days:
            if due is not None:
                yield {
                    "rubric": rubric.title.in_language(language()),
                    "severity": severity_title(severity),
                    "day": due,
                }
