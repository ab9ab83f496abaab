"""Decided against the score: what the sheet reached would have done, or would not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.engine.compiled import Compiled, Step, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.words import transition_title
from accreditation_engine.portal.auditor.sentences import SHEET
from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.states import CERTIFIES

from .pattern import Hit, Pattern
from .scope import Move, Scope, event_url

OUTCOME = "outcome"


def found(scope: Scope) -> Pattern:
    looked, hits = 0, []
    for move, judged in scope.decisions:
        if scope.shows(move.stream, "scores") and any(name.startswith(SHEET) for name in judged):
            looked += 1
            hits += _hits(scope, move, judged)
    return Pattern(
        "against_score",
        _("Decided against the score"),
        _(
            "A certificate was withheld though every outcome that it asks for was reached, or issued at the lowest"
            " outcome. Open findings, and what a panel weighs beside the score, can be the reason: read the"
            " decision."
        ),
        _("Every one is listed."),
        _("Decisions looked at: %(count)d") % {"count": looked},
        hits,
    )


def _hits(scope: Scope, move: Move, judged: Mapping[str, Any]) -> list[Hit]:
    scheme = compiled(move.edition)
    words = {
        "withheld": _(
            "“%(step)s”, though the outcomes reached were enough for a certificate (%(outcomes)s)."
        ),
        "issued": _("“%(step)s”, though the outcome reached was the lowest (%(outcomes)s)."),
    }
    verdict = against(scheme, move.source, move.transition, judged)
    if not verdict:
        return []
    step = transition_title(move.edition, move.transition)
    said = words[verdict] % isolated({"step": step, "outcomes": _outcomes(scheme, judged)})
    return [Hit(scope.number(move.stream), event_url(move.stream, move.seq), said, move.at.timestamp())]


def against(scheme: Compiled, state: str, taken: str, judged: Mapping[str, Any]) -> str:
    """ "withheld" where another step of the same people would have led to a certificate and all outcomes that it
    asks for were reached; "issued" where the one taken led to it and some sheet reached the lowest outcome of its
    rubric; else ""."""
    step = scheme.steps.get(taken)
    if step is None:
        return ""
    if _leads_to_one(scheme, taken):
        return "issued" if any(_lowest(scheme, name, judged) for name in scheme.rubrics) else ""
    ways = [
        each
        for name, each in scheme.steps.items()
        if state in each.definition.from_
        and _leads_to_one(scheme, name)
        and set(each.definition.by) & set(step.definition.by)
    ]
    return "withheld" if any(_reached(scheme, each, judged) for each in ways) else ""


def _leads_to_one(scheme: Compiled, name: str) -> bool:
    """Whether the step issues a certificate, or decides what a later one issues when it is announced."""
    step = scheme.steps[name]
    if _issues(step) or name not in scheme.deciding:
        return _issues(step)
    after = scheme.workflow.leaving(step.definition.to)
    return any(_issues(scheme.steps[each]) for each in after if each not in scheme.deciding)


def _issues(step: Step) -> bool:
    return any(each.name == CERTIFIES for each in step.effects)


def _reached(scheme: Compiled, step: Step, judged: Mapping[str, Any]) -> bool:
    """Whether `step` asks for outcomes, and all of them were reached."""
    asked = [each.parameters for each in step.guards if each.name == OUTCOME]
    return bool(asked) and all(
        _place(scheme.rubrics.get(each.rubric), _outcome(judged, each.rubric))
        <= _place(scheme.rubrics.get(each.rubric), each.at_least)
        for each in asked
    )


def _lowest(scheme: Compiled, rubric: str, judged: Mapping[str, Any]) -> bool:
    outcomes = scheme.rubrics[rubric].outcomes
    return len(outcomes) > 1 and _outcome(judged, rubric) == outcomes[-1].outcome


def _outcome(judged: Mapping[str, Any], rubric: str) -> str | None:
    outcome: str | None = judged.get(f"{SHEET}{rubric}", {}).get("outcome")
    return outcome


def _place(rubric: Rubric | None, outcome: str | None) -> float:
    """From the top; what is no outcome of the rubric is below all."""
    names = [each.outcome for each in rubric.outcomes] if rubric else []
    return names.index(outcome) if outcome in names else float("inf")


def _outcomes(scheme: Compiled, judged: Mapping[str, Any]) -> str:
    said = []
    for name, rubric in scheme.rubrics.items():
        for each in rubric.outcomes:
            if each.outcome == _outcome(judged, name):
                said.append(each.title.in_language(language()))
    return _(", ").join(said)
