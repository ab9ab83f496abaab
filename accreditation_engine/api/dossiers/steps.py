"""Taking a step: by the same way as the button of a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import ConfigDict

from accreditation_engine.api.problems import Refusal, problem
from accreditation_engine.api.repeated import json_answer
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.acts import Tried, reason_shown, take
from accreditation_engine.portal.dossier.reader import Reader

from .answers import version_now
from .reading import nothing_there, reading
from .within import Seen

Code = Annotated[str, Field(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]


class Step(Schema):
    """`version` is that of the file as it was read. Where the step offers `choices`, one is the `choice`."""

    transition: Code
    version: Annotated[str, Field(max_length=64)]
    comment: str = ""
    choice: Annotated[str, Field(max_length=40, pattern=r"^[-a-zA-Z0-9_]*$")] = ""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "transition": "return_for_completion",
                "version": "4f1c1de0a0b4f8f0c2aa",
                "comment": "The budget of 2025 is missing.",
            }
        },
    )


class TakenAnswer(Schema):
    """The step is taken. `seq` is the number of its event, null for those who do not read the trail; `state` the
    state that it led to, null where its name is not told you; `version` that of the file now, null where the step
    closed the file to you."""

    dossier: UUID
    transition: str
    seq: int | None
    state: str | None
    version: str | None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "dossier": "0b3f6a52-6c1e-4b53-9d0e-2f6f6f0f7c11",
                "transition": "return_for_completion",
                "seq": 5,
                "state": "returned",
                "version": "9be0c1f1d3a24b0c77aa",
            }
        }
    )


def taken(reader: Reader, step: Step) -> HttpResponse:
    """The answer, be it that the step is taken with the file or why not."""
    dossier = reader.dossier
    tried = _try(dossier, reader, step, version_now(reader))
    if tried is not None:
        return _refused(reader, dossier, tried)
    try:
        now = reading(reader.person, dossier.pk)
    except Refusal:
        now = None
    answer = TakenAnswer(
        dossier=dossier.pk,
        transition=step.transition,
        seq=_seq(dossier, now),
        state=dossier.state if now is not None and not now.outside else None,
        version=version_now(now) if now is not None else None,
    )
    return json_answer(answer.model_dump(mode="json"))


def taken_within(reader: Reader, again: Callable[[Reader], Seen | None], step: Step) -> HttpResponse:
    """The same with something that hangs on the file, which `again` looks up for its reader."""
    seen = again(reader)
    if seen is None:
        raise nothing_there()
    subject = seen.subject
    tried = _try(subject, reader, step, seen.version)
    if tried is not None:
        return _refused(reader, subject, tried)
    now = again(reader)
    answer = TakenAnswer(
        dossier=reader.dossier.pk,
        transition=step.transition,
        seq=_seq(subject, reader),
        state=now.state if now else None,
        version=now.version if now else None,
    )
    return json_answer(answer.model_dump(mode="json"))


def _try(subject: Subject, reader: Reader, step: Step, version: str) -> Tried | None:
    if step.transition not in compiled(subject.edition_id).steps:
        raise Refusal(422, "no-such-transition", _("The workflow of this file has no such step."))
    return take(subject, reader.person, step.model_dump(), version)


def _seq(subject: Subject, reader: Reader | None) -> int | None:
    return subject.state_seq if reader is not None and reader.sees("trail") else None


def _refused(reader: Reader, subject: Subject, tried: Tried) -> HttpResponse:
    scheme = compiled(subject.edition_id)
    with words_for_applicants(reader.outside):
        reasons: list[dict[str, Any]] = [
            {"code": each.code, "text": reason_shown(each, scheme, {})["text"]} for each in tried.reasons
        ]
    detail = " ".join(each["text"] for each in reasons)
    return problem(409, "refused", detail, reasons=reasons)
