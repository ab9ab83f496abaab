"""The findings of a dossier, what was written about each, and what the reader may do with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.options import Option, rows_with_options
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.templatetags.digits import in_digits_of_reader
from accreditation_engine.portal.time_left import days_left
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.reviews.queries import findings_of
from accreditation_engine.reviews.wording import AMENDED
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.scoring.findings import SEVEREST_FIRST
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.queries import Told

from .acts import Desk, Tried, actions, version_of
from .finding_parts import beside, parts_of
from .history import standing
from .lasting import effect_in_words
from .reader import Reader
from .rubrics import criterion_titles
from .states import state_badge

UNFOLDED = 3
"""So many findings stand open at once."""

NAMED = "finding"
"""Under which name an address says which one it leads to."""

SEVERITY_TONES = {"major": "bad", "minor": "warning", "observation": "neutral"}


def findings_seen(reader: Reader) -> list[Finding]:
    """The findings that the reader may see: where the dossier shows findings at all. One query."""
    if not reader.sees("findings"):
        return []
    return [each for each in findings_of(reader.dossier.pk) if "finding" in visible(each, reader.roles)]


@dataclass(frozen=True)
class Offered:
    """The findings that the reader may see, what is asked of them first, and what may be done, by id."""

    rows: Sequence[Finding] = ()
    options: Mapping[UUID, Sequence[Option]] = field(default_factory=dict)


def findings_offered(reader: Reader, moved: Mapping[UUID, Sequence[Event]]) -> Offered:
    """Of the file whose moves, and those of its findings, are `moved`. One query."""
    if not reader.sees("findings"):
        return Offered()
    stands = {stream: standing(events) for stream, events in moved.items() if stream != reader.dossier.pk}
    rows, found = rows_with_options(Finding, stands, reader.person, "owner")
    seen = [each for each in rows if "finding" in visible(each, reader.roles)]
    today = timezone.localdate()
    return Offered(
        sorted(seen, key=lambda each: _first_what_is_asked(reader, each, today)),
        {each.pk: reader.offered(found.get(each.pk, [])) for each in seen},
    )


def _first_what_is_asked(reader: Reader, finding: Finding, today: date) -> tuple[Any, ...]:
    """What is overdue, what is asked of the reader, what is open by its day, and the rest by gravity."""
    open_ = still_open(finding.edition_id, finding.state)
    day = (finding.due_on or date.max) if open_ else date.max
    severity = SEVEREST_FIRST.index(finding.severity)
    return day >= today, not asked_of(reader, finding), not open_, day, severity, finding.criterion


def asked_of(reader: Reader, finding: Finding) -> bool:
    """Whether it waits for the reader."""
    return compiled(finding.edition_id).workflow.states[finding.state].waits_for in reader.roles


def shown_findings(
    reader: Reader,
    found: Offered,
    said: Mapping[Any, list[Told]],
    tried: Tried | None,
    named: UUID | None = None,
) -> list[dict[str, Any]]:
    """For the overview; the one that is `named` stands open. Two queries at most, however many findings."""
    findings, offered = found.rows, found.options
    unfolded, today = _unfolded(reader, findings, tried, named), timezone.localdate()
    titles, near = criterion_titles(reader.scheme), beside(reader, findings)
    return [
        {
            "id": finding.pk,
            "title": titles[finding.rubric, finding.criterion],
            "severity": {
                "title": severity_title(finding.severity),
                "tone": SEVERITY_TONES.get(finding.severity, "neutral"),
                "icon": "flag",
            },
            "state": state_badge(compiled(finding.edition_id), finding.state, outside=False),
            "open": finding.pk in unfolded,
            **_due(finding, today),
            **parts_of(reader, finding, said.get(finding.pk, []), near),
            "effect": effect_in_words(finding, offered.get(finding.pk, [])),
            "said": [_said(reader, each) for each in said.get(finding.pk, []) if each.event.transition],
            "actions": actions(
                _desk(reader, finding, said.get(finding.pk, []), tried), offered.get(finding.pk, [])
            ),
        }
        for finding in findings
    ]


def _unfolded(
    reader: Reader, findings: Sequence[Finding], tried: Tried | None, named: UUID | None
) -> set[object]:
    """All, where they are few; else the first that are asked of the reader, and what they have come for."""
    if len(findings) <= UNFOLDED:
        return {each.pk for each in findings}
    asked = [each.pk for each in findings if asked_of(reader, each)]
    return {*asked[:UNFOLDED], named, tried.subject if tried else None}


def _due(finding: Finding, today: date) -> dict[str, Any]:
    if finding.due_on is None or not still_open(finding.edition_id, finding.state):
        return {"due_on": None}
    return {
        "due_on": finding.due_on,
        "left": days_left(finding.due_on, today),
        "late": finding.due_on < today,
    }


def counted(reader: Reader, findings: Sequence[Finding]) -> list[str]:
    """Above a list of many: how many there are of each gravity, are overdue, and wait for the reader."""
    if len(findings) <= UNFOLDED:
        return []
    today, graded = timezone.localdate(), Counter(each.severity for each in findings)
    late = sum(_due(each, today).get("late", False) for each in findings)
    asked = sum(asked_of(reader, each) for each in findings)
    said = [
        (_("%(severity)s: %(count)d"), {"severity": severity_title(each), "count": graded[each]})
        for each in SEVEREST_FIRST
        if graded[each]
    ]
    said += [(_("overdue: %(count)d"), {"count": late})] if late else []
    said += [(_("waiting for you: %(count)d"), {"count": asked})] if asked else []
    return [in_digits_of_reader(words % isolated(values)) for words, values in said]


def place_of_finding(dossier: UUID, finding: UUID) -> str:
    """Where it stands in its file, unfolded."""
    return f"{reverse('dossier', args=[dossier])}?{NAMED}={finding}#finding-{finding}"


def _desk(reader: Reader, finding: Finding, said: Sequence[Told], tried: Tried | None) -> Desk:
    address = reverse("finding", args=[reader.dossier.pk, finding.pk])
    amended = sum(each.event.kind == AMENDED for each in said)
    return Desk(
        finding,
        address,
        version_of(finding, finding.entered_seq, happened=amended),
        outside=reader.outside,
        tried=tried,
        prefix=f"{finding.pk}-",
        quiet=True,
    )


def _said(reader: Reader, told: Told) -> dict[str, Any]:
    """One step of a finding's life; who took it is named only to those who see names."""
    return {
        "title": transition_title(told.event.edition, told.event.transition),
        "at": told.event.at,
        "actor": (told.actor if reader.names else "") or role_title(told.event.role),
        "role": role_title(told.event.role) if reader.names and told.actor else "",
        "tone": told.event.role if told.event.role in ("applicant", "reviewer", "coordinator") else "neutral",
        "comment": told.comment,
        "erased": told.erased,
        "erased_at": told.erased_at,
    }
