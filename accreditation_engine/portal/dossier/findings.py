"""The findings of a dossier, what was written about each, and what the reader may do with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.options import options_of_many
from accreditation_engine.engine.role_words import role_title
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import transition_title
from accreditation_engine.reviews.amending import AMENDED
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.reviews.queries import findings_of
from accreditation_engine.reviews.words import severity_title
from accreditation_engine.trail.queries import Told

from .acts import Desk, Tried, actions, version_of
from .finding_parts import beside, parts_of
from .lasting import effect_in_words
from .reader import Reader
from .rubrics import criterion_titles
from .states import state_badge

SEVERITY_TONES = {"major": "bad", "minor": "warning", "observation": "neutral"}


def findings_seen(reader: Reader) -> list[Finding]:
    """The findings that the reader may see: where the dossier shows findings at all. One query."""
    if not reader.sees("findings"):
        return []
    return [each for each in findings_of(reader.dossier.pk) if "finding" in visible(each, reader.roles)]


def shown_findings(
    reader: Reader, findings: Sequence[Finding], said: Mapping[Any, list[Told]], tried: Tried | None
) -> list[dict[str, Any]]:
    """For the overview. Four queries at most, however many findings."""
    found = options_of_many(findings, reader.person)
    offered = {finding: reader.offered(each) for finding, each in found.items()}
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
            "due_on": finding.due_on if still_open(finding.edition_id, finding.state) else None,
            **parts_of(reader, finding, said.get(finding.pk, []), near),
            "effect": effect_in_words(finding, offered.get(finding.pk, [])),
            "said": [_said(reader, each) for each in said.get(finding.pk, []) if each.event.transition],
            "actions": actions(
                _desk(reader, finding, said.get(finding.pk, []), tried), offered.get(finding.pk, [])
            ),
        }
        for finding in findings
    ]


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
