"""Whether those who were to be visited have been."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from django.db.models import F, Func, OuterRef, TextField
from pydantic import Field, ValidationInfo, model_validator

from accreditation_engine.definitions.said import listed, say
from accreditation_engine.definitions.vocabulary import Parameters
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.facts import Rows
from accreditation_engine.engine.models import Subject
from accreditation_engine.engine.reasons import Reason
from accreditation_engine.engine.registry import Case, Verdict, guard
from accreditation_engine.reviews.visits import SAMPLE_DRAWN
from accreditation_engine.scoring.sampling import Sample
from accreditation_engine.trail.models import Event

from .models import Visit

SHOWN = 5  # how many units a reason names
COUNT_REVIEWERS = ("reviewers_assigned", "reviews_complete", "own_review_complete")


class VisitsHeld(Parameters):
    """So many visits were held; with `every_sampled`, one of every unit of the last sample beside."""

    shorthand: ClassVar[str | None] = "at_least"
    at_least: Annotated[int, Field(ge=1, le=100)] = 1
    every_sampled: bool = False

    @model_validator(mode="after")
    def _somebody_goes(self, info: ValidationInfo) -> VisitsHeld:
        workflow: Workflow | None = (info.context or {}).get("workflow")
        steps = workflow.transitions.values() if workflow else ()
        asked = {rule.name for each in steps for rule in each.requires}
        if workflow and asked.isdisjoint(COUNT_REVIEWERS):
            words = "nobody could go on a visit: no step asks for reviewers; require one of {names}"
            raise ValueError(say(words, names=listed(COUNT_REVIEWERS)))
        return self


class _BodyAsText(Func):
    """The canonical bytes of an event, as the text that they are."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(%(expressions)s AS text)", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "convert_from(%(expressions)s, 'UTF8')"
        return self.as_sql(compiler, connection, template=template, **context)


def _held(model: type[Subject], parameters: VisitsHeld, user: Any) -> Mapping[str, Any]:
    dossier = OuterRef(model.dossier_path)
    held = Visit.objects.filter(dossier=dossier, held_at__isnull=False).order_by("pk")
    facts = {"visits_held": Rows(held, "seq", "unit")}
    if parameters.every_sampled:
        drawn = Event.objects.filter(stream=dossier, kind=SAMPLE_DRAWN).annotate(said=_BodyAsText(F("body")))
        facts["last_sample"] = Rows(drawn.order_by("-seq")[:1], "said")
    return facts


@guard("visits_held", VisitsHeld, facts=_held)
def visits_held(case: Case, parameters: VisitsHeld) -> Verdict:
    held = case.facts["visits_held"]
    reasons = []
    if len(held) < parameters.at_least:
        reasons.append(Reason("visits_missing", {"wanted": parameters.at_least, "have": len(held)}))
    if parameters.every_sampled:
        reasons += _unvisited(case.facts["last_sample"], {each["unit"] for each in held})
    return Verdict(tuple(reasons))


def _unvisited(samples: list[Mapping[str, str]], visited: set[str]) -> list[Reason]:
    """A later draw replaces what an earlier one asked for; both stand in the trail."""
    if not samples:
        return [Reason("no_sample_yet")]
    sample = Sample.from_json(json.loads(samples[0]["said"])["data"]["sample"])
    left = [unit for unit in sample.units if unit not in visited]
    return [Reason("units_unvisited", {"count": len(left), "units": left[:SHOWN]})] if left else []
