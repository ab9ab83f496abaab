"""Taking a step: by the same way as the button of a page."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import ConfigDict

from accreditation_engine.api.problems import Refusal, problem
from accreditation_engine.api.repeated import json_answer
from accreditation_engine.engine.words import words_for_applicants
from accreditation_engine.portal.dossier.acts import Tried, reason_shown, take
from accreditation_engine.portal.dossier.reader import Reader

from .answers import version_now
from .reading import reading

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


def taken(request: HttpRequest, reader: Reader, step: Step) -> HttpResponse:
    """The answer, be it that the step is taken or why not."""
    if step.transition not in reader.scheme.steps:
        raise Refusal(422, "no-such-transition", _("The workflow of this file has no such step."))
    typed = step.model_dump()
    tried = take(reader.dossier, reader.person, typed, version_now(reader))
    if tried is not None:
        return _refused(reader, tried)
    return json_answer(_taken(reader, step).model_dump(mode="json"))


def _taken(reader: Reader, step: Step) -> TakenAnswer:
    dossier = reader.dossier
    try:
        now = reading(reader.person, dossier.pk)
    except Refusal:
        now = None
    return TakenAnswer(
        dossier=dossier.pk,
        transition=step.transition,
        seq=dossier.state_seq if now is not None and now.sees("trail") else None,
        state=dossier.state if now is not None and not now.outside else None,
        version=version_now(now) if now is not None else None,
    )


def _refused(reader: Reader, tried: Tried) -> HttpResponse:
    with words_for_applicants(reader.outside):
        reasons: list[dict[str, Any]] = [
            {"code": each.code, "text": reason_shown(each, reader.scheme, {})["text"]}
            for each in tried.reasons
        ]
    detail = " ".join(each["text"] for each in reasons)
    return problem(409, "refused", detail, reasons=reasons)
