"""What hangs on a file and has a life of its own: findings, and what keeps its certificate alive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict

from accreditation_engine.certificates.models import Upkeep
from accreditation_engine.dossiers.outer_words import step_read
from accreditation_engine.dossiers.unannounced import DECISION
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.options import options_of_many
from accreditation_engine.engine.visibility import visible
from accreditation_engine.engine.words import state_title
from accreditation_engine.portal.dossier.acts import version_of
from accreditation_engine.portal.dossier.findings import findings_offered
from accreditation_engine.portal.dossier.history import moves_of_file
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import criterion_called
from accreditation_engine.portal.upkeep.waiting import SEEN
from accreditation_engine.reviews.amending import times_amended
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.open_findings import still_open
from accreditation_engine.reviews.wording import AMENDED

from .answers import EXAMPLE_STEP, StepAnswer, steps_of


@dataclass(frozen=True)
class Seen:
    """Something that hangs on a file, for one reader: the `version` that it has now, and the code of its state,
    None where that is not told."""

    subject: Subject
    version: str
    state: str | None


_FINDING: dict[str, Any] = {
    "id": "7d0c4a1e-2b7f-4a52-8a86-5f0c8a2d9e33",
    "rubric": "institutional-commitment",
    "criterion": "integrity-1",
    "criterion_title": "A policy on conflicts of interest",
    "severity": "major",
    "state": "open",
    "state_title": "Open",
    "open": True,
    "due_on": "2026-06-01",
    "version": "4f1c1de0a0b4f8f0c2aa",
    "steps": [EXAMPLE_STEP | {"transition": "answer", "title": "Report what was done"}],
}
_UPKEEP: dict[str, Any] = {
    "id": "91f3aa52-6c1e-4b53-9d0e-2f6f6f0f7c44",
    "dossier": "0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11",
    "certificate": "C-IC-2026-0042",
    "kind": "yearly_filing",
    "state": "called",
    "state_title": "To be filed",
    "call_on": "2027-02-01",
    "due_on": "2027-03-01",
}


class FindingAnswer(Schema):
    """A finding. `severity` is major, minor or observation; `open` while it waits for somebody. `version` and
    `steps` are as those of the file, for this finding alone."""

    id: UUID
    rubric: str
    criterion: str
    criterion_title: str
    severity: str
    state: str
    state_title: str
    open: bool
    due_on: date | None
    version: str
    steps: list[StepAnswer]

    model_config = ConfigDict(json_schema_extra={"example": _FINDING})


class FindingsAnswer(Schema):
    """The findings that you may see, first what is asked of you; none where the file does not show them to you."""

    findings: list[FindingAnswer]

    model_config = ConfigDict(json_schema_extra={"example": {"findings": [_FINDING]}})


class UpkeepLine(Schema):
    """One thing that is asked of the holder of a certificate while it is valid. `kind` is surveillance,
    yearly_filing or special_audit; it is called for on `call_on` and filed by the end of `due_on`. `state` is null
    where its name is not told you."""

    id: UUID
    dossier: UUID
    certificate: str
    kind: str
    state: str | None
    state_title: str
    call_on: date
    due_on: date

    model_config = ConfigDict(json_schema_extra={"example": _UPKEEP})


class UpkeepAnswer(UpkeepLine):
    """The same, with what may be done now."""

    version: str
    steps: list[StepAnswer]

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_UPKEEP,
                "version": "4f1c1de0a0b4f8f0c2aa",
                "steps": [EXAMPLE_STEP | {"transition": "file", "title": "File"}],
            }
        }
    )


class UpkeepOfFileAnswer(Schema):
    """All that is or was asked to keep the certificates of one file, the next first."""

    upkeep: list[UpkeepAnswer]

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"upkeep": [{**_UPKEEP, "version": "4f1c1de0a0b4f8f0c2aa", "steps": []}]}
        }
    )


class WaitingUpkeepAnswer(Schema):
    """What waits for you, the most urgent first. `more`: there is more than was asked for. `next` is the `after`
    of the following page; null: there is none."""

    upkeep: list[UpkeepLine]
    more: bool
    next: str | None

    model_config = ConfigDict(
        json_schema_extra={"example": {"upkeep": [_UPKEEP], "more": False, "next": None}}
    )


def findings_of_file(reader: Reader) -> list[FindingAnswer]:
    moved = moves_of_file(reader.dossier.pk)
    found = findings_offered(reader, moved)
    return [
        FindingAnswer(
            id=each.pk,
            rubric=each.rubric,
            criterion=each.criterion,
            criterion_title=criterion_called(reader.scheme, each.rubric, each.criterion),
            severity=each.severity,
            state=each.state,
            state_title=state_title(each.edition_id, each.state),
            open=still_open(each.edition_id, each.state),
            due_on=each.due_on,
            version=version_of(each, each.entered_seq, happened=_amended(moved.get(each.pk, ()))),
            steps=[StepAnswer(**step) for step in steps_of(each, found.options[each.pk], reader.outside)],
        )
        for each in found.rows
    ]


def _amended(events: Iterable[Any]) -> int:
    return sum(each.kind == AMENDED for each in events)


def upkeep_of_file(reader: Reader) -> list[UpkeepAnswer]:
    rows = Upkeep.objects.filter(dossier=reader.dossier).select_related("certificate", "dossier")
    seen = [each for each in rows.order_by("due_on", "pk") if SEEN in visible(each, reader.roles)]
    found = options_of_many(seen, reader.person)
    return [
        UpkeepAnswer(
            **line_of_upkeep(each, reader.roles).model_dump(),
            version=version_of(each, each.entered_seq),
            steps=[
                StepAnswer(**step)
                for step in steps_of(each, reader.offered(found.get(each.pk, [])), reader.outside)
            ],
        )
        for each in seen
    ]


def line_of_upkeep(upkeep: Upkeep, roles: frozenset[str]) -> UpkeepLine:
    """For somebody who plays these parts in it."""
    state, title = step_read(upkeep.edition_id, upkeep.state, roles)
    return UpkeepLine(
        id=upkeep.pk,
        dossier=upkeep.dossier_id,
        certificate=upkeep.certificate.number,
        kind=upkeep.kind,
        state=state,
        state_title=title.in_language(language()),
        call_on=upkeep.call_on,
        due_on=upkeep.due_on,
    )


def finding_seen(reader: Reader, pk: UUID) -> Seen | None:
    found = Finding.objects.filter(dossier=reader.dossier, pk=pk).first()
    if found is None or not reader.sees("findings") or "finding" not in visible(found, reader.roles):
        return None
    return Seen(found, version_of(found, found.entered_seq, happened=times_amended(found)), found.state)


def upkeep_seen(reader: Reader, pk: UUID) -> Seen | None:
    asked = Upkeep.objects.filter(dossier=reader.dossier, pk=pk)
    found = asked.select_related("certificate", "dossier__organisation").first()
    if found is None or not reader.sees(DECISION) or SEEN not in visible(found, reader.roles):
        return None
    state, _title = step_read(found.edition_id, found.state, reader.roles)
    return Seen(found, version_of(found, found.entered_seq), state)
