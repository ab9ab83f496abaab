"""What is told of files. Words are in the language that Accept-Language asks for; codes never change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.options import Option, options
from accreditation_engine.engine.parts import Parts
from accreditation_engine.engine.visibility import knows_organisation
from accreditation_engine.portal.auditor.timeline import timeline
from accreditation_engine.portal.dossier.acts import Desk, actions, version_of_file
from accreditation_engine.portal.dossier.anonymous import organisation_called
from accreditation_engine.portal.dossier.findings import findings_seen
from accreditation_engine.portal.dossier.history import moves
from accreditation_engine.portal.dossier.reader import Reader, language, reads_outer_words
from accreditation_engine.portal.dossier.states import deadline_shown, shown_title
from accreditation_engine.reviews.judged import judged_of
from accreditation_engine.scoring import ScoreSheet
from accreditation_engine.trail.models import Event

_ID = "0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11"
_LINE: dict[str, Any] = {
    "id": _ID,
    "number": "ICC-2026-00042",
    "scheme": "institutional-commitment",
    "scheme_title": "Institutional Commitment Certificate",
    "edition": "2026.1",
    "organisation": "Hope Association",
    "state": "screening",
    "state_title": "Screening",
    "since": "2026-03-01T08:00:00Z",
    "due": "2026-03-15T08:00:00Z",
}
_REASON: dict[str, Any] = {"code": "comment_missing", "text": "A comment is needed here. Say why."}
EXAMPLE_STEP: dict[str, Any] = {
    "transition": "return_for_completion",
    "title": "Return for completion",
    "comment": "required",
    "choices": [],
    "allowed": True,
    "reasons": [],
}
_VERSION = "4f1c1de0a0b4f8f0c2aa"


class DossierLine(Schema):
    """A file. `organisation` is null where the state keeps its name from you, `state` where the state's own name
    would tell what is not announced to you, and `since` and `due` where they are not your business."""

    id: UUID
    number: str
    scheme: str
    scheme_title: str
    edition: str
    organisation: str | None
    state: str | None
    state_title: str
    since: datetime | None
    due: datetime | None

    model_config = ConfigDict(json_schema_extra={"example": _LINE})


def line_of(dossier: Any, parts: Parts) -> DossierLine:
    return DossierLine.model_validate(facts_of(dossier, parts.known, parts.open))


def facts_of(dossier: Any, known: frozenset[str], open_: frozenset[str]) -> dict[str, Any]:
    """The fields of a line, for somebody who plays these parts: those who have to declare interests yet know that
    there is a file."""
    scheme, outside = compiled(dossier.edition_id), reads_outer_words(dossier, open_)
    own = deadline_shown(scheme.workflow.states[dossier.state], outside=outside)
    review_due = getattr(dossier, "own_due", None) if "reviewer" in known else None
    named = knows_organisation(dossier, known)
    return {
        "id": dossier.pk,
        "number": dossier.number,
        "scheme": dossier.scheme,
        "scheme_title": scheme.workflow.title.in_language(language()),
        "edition": scheme.workflow.edition,
        "organisation": organisation_called(dossier, known) if named else None,
        "state": None if outside else dossier.state,
        "state_title": shown_title(scheme, dossier.state, outside=outside),
        "since": dossier.entered_at if own else None,
        "due": review_due or (dossier.deadline_at if own else None),
    }


class DossiersAnswer(Schema):
    """Files, the newest first. `next` is the `after` of the following page; null: there is none."""

    dossiers: list[DossierLine]
    next: str | None

    model_config = ConfigDict(json_schema_extra={"example": {"dossiers": [_LINE], "next": None}})


class ReasonAnswer(Schema):
    """Why a step cannot be taken: a code for programs, and words for people."""

    code: str
    text: str

    model_config = ConfigDict(json_schema_extra={"example": _REASON})


class StepAnswer(Schema):
    """A step that is yours. `comment` is none, optional or required; of `choices`, where there are some, one is
    sent along. Where it is not `allowed`, `reasons` has all that stands against it. What has to come with files
    or to be signed is allowed as well, and done on its page: without that it is refused."""

    transition: str
    title: str
    comment: str
    choices: list[str]
    allowed: bool
    reasons: list[ReasonAnswer]

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE_STEP})


class ScoresAnswer(Schema):
    """The score sheet of one rubric, as far as there are ratings: percents are text, by area, and null where no
    criterion applies. `complete`: nothing is missing."""

    rubric: str
    complete: bool
    percent: str | None
    outcome: str | None
    areas: dict[str, str | None]

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "rubric": "institutional-commitment",
                "complete": True,
                "percent": "88.20",
                "outcome": "gold",
                "areas": {"integrity": "91.25"},
            }
        }
    )

    @classmethod
    def of(cls, sheet: ScoreSheet) -> ScoresAnswer:
        return cls(
            rubric=sheet.rubric.id,
            complete=sheet.complete,
            percent=_text(sheet.percent),
            outcome=sheet.outcome,
            areas={area.id: _text(sheet.areas[area.id].percent) for area in sheet.rubric.areas},
        )


def _text(number: object | None) -> str | None:
    return None if number is None else str(number)


class DossierAnswer(DossierLine):
    """A file with what may be done now. `version` is what a step is sent with: it is refused where the file has
    moved on since. `sees` are the parts of the file that you may read; `scores` is null where they are not among
    them."""

    version: str
    sees: list[str]
    steps: list[StepAnswer]
    scores: list[ScoresAnswer] | None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_LINE,
                "version": _VERSION,
                "sees": ["answers"],
                "steps": [EXAMPLE_STEP],
                "scores": None,
            }
        }
    )


def answer_of(reader: Reader) -> DossierAnswer:
    return DossierAnswer.model_validate(
        {
            **facts_of(reader.dossier, reader.roles, reader.roles),
            "version": version_now(reader),
            "sees": sorted(reader.things),
            "steps": _steps(reader),
            "scores": _scores(reader) if reader.sees("scores") else None,
        }
    )


def version_now(reader: Reader) -> str:
    """As the page of the file has it: a program and a page that show the same are good for the same steps."""
    streams = (reader.dossier.pk, *(each.pk for each in findings_seen(reader)))
    return version_of_file(reader, moves(*streams))


def _steps(reader: Reader) -> list[dict[str, Any]]:
    return steps_of(reader.dossier, reader.offered(options(reader.dossier, reader.person)), reader.outside)


def steps_of(subject: Subject, options_: Iterable[Option], outside: bool) -> list[dict[str, Any]]:
    """The steps that may be taken with a file or with what hangs on it, as its page offers them."""
    offered = {each.name: each for each in options_}
    acts = actions(Desk(subject, "", "", outside), offered.values())["acts"]
    return [
        {
            "transition": act["name"],
            "title": act["title"],
            "comment": act["comment"],
            "choices": [choice["value"] for choice in act["choices"]],
            "allowed": act["allowed"],
            "reasons": [
                {"code": reason.code, "text": shown["text"]}
                for reason, shown in zip(offered[act["name"]].reasons, act["reasons"], strict=True)
            ],
        }
        for act in acts
    ]


def _scores(reader: Reader) -> list[ScoresAnswer]:
    sheets = (each.sheet for each in judged_of(reader.dossier).values())
    return [ScoresAnswer.of(each) for each in sheets if each.ratings]


_EVENT: dict[str, Any] = {
    "seq": 3,
    "at": "2026-03-01T08:00:00Z",
    "kind": "transition",
    "title": "Submit",
    "actor": "Mona Adel",
    "role": "Applicant",
    "comment": "",
    "hash": "a0" * 32,
    "event": None,
}


class EventAnswer(Schema):
    """An event of the file: `title` is what happened, in words, `event` the whole canonical object, which is null
    where you may not read all of it."""

    seq: int
    at: datetime
    kind: str
    title: str
    actor: str
    role: str
    comment: str
    hash: str
    event: dict[str, Any] | None

    model_config = ConfigDict(json_schema_extra={"example": _EVENT})


class EventsAnswer(Schema):
    """Events, the first one first. `next` is the `after` of the following page; null: these are all so far."""

    events: list[EventAnswer]
    next: str | None

    model_config = ConfigDict(json_schema_extra={"example": {"events": [_EVENT], "next": None}})


def events_shown(reader: Reader, events: list[Event]) -> list[EventAnswer]:
    """As the page of the trail tells them."""
    return [
        EventAnswer(
            seq=event.seq,
            at=event.at,
            kind=event.kind,
            title=str(told["title"]),
            actor=str(told["actor"]),
            role=str(told["role"]),
            comment=told["comment"] or "",
            hash=event.hash,
            event=json.loads(told["raw"]) if told["raw"] else None,
        )
        for event, told in zip(events, timeline(reader, events), strict=True)
    ]
