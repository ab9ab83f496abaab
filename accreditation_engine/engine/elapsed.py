"""A guard on time: so long must have passed since another step, before this one says anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import DateTimeField, OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pydantic import ValidationInfo, field_validator

from accreditation_engine.definitions.base import Identifier
from accreditation_engine.definitions.durations import Duration, after
from accreditation_engine.definitions.problems import instead
from accreditation_engine.definitions.said import say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.trail.models import Event

from .isolates import isolated
from .models import Subject
from .reasons import Reason, wording
from .registry import Case, Verdict, guard
from .words import transition_title


class Waited(Parameters):
    """The step `since` was taken `at_least` so long ago; where it was taken several times, the last counts."""

    since: Identifier
    at_least: Duration

    @field_validator("since")
    @classmethod
    def _a_step(cls, since: str, info: ValidationInfo) -> str:
        workflow = (info.context or {}).get("workflow")
        if workflow is not None and since not in workflow.transitions:
            near = instead(since, workflow.transitions)
            raise ValueError(say("there is no step '{step}'; {instead}", step=since, instead=near))
        return since


def _taken(model: type[Subject], parameters: Waited, user: Any) -> Mapping[str, Any]:
    steps = Event.objects.filter(stream=OuterRef("pk"), kind="transition", transition=parameters.since)
    last = steps.order_by("-seq").values("at")[:1]
    return {f"last_{parameters.since}": Subquery(last, output_field=DateTimeField())}


@guard("waited", Waited, facts=_taken)
def waited(case: Case, parameters: Waited) -> Verdict:
    at = case.facts[f"last_{parameters.since}"]
    facts = {"step": parameters.since, "edition": case.subject.edition_id}
    if at is None:
        return Verdict((Reason("step_not_taken", facts),))
    day = timezone.localdate(at)
    first = timezone.localdate(after(timezone.localtime(at), parameters.at_least))
    if timezone.localdate() >= first:
        return Verdict()
    return Verdict((Reason("not_long_enough", {**facts, "on": day.isoformat(), "from": first.isoformat()}),))


@wording("step_not_taken")
def _step_not_taken(parameters: Mapping[str, Any]) -> str:
    return _("“%(step)s” comes first.") % isolated(_step(parameters))


@wording("not_long_enough")
def _not_long_enough(parameters: Mapping[str, Any]) -> str:
    days = {name: date_format(date.fromisoformat(parameters[name]), "j F Y") for name in ("on", "from")}
    return _("“%(step)s” was taken on %(on)s; this step can be taken from %(from)s on.") % isolated(
        {**_step(parameters), **days}
    )


def _step(parameters: Mapping[str, Any]) -> dict[str, str]:
    return {"step": transition_title(parameters["edition"], parameters["step"])}
