"""Whether a transition may be taken: every reason against it, and what was looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from .acting import SYSTEM_ROLE
from .compiled import Compiled, Step
from .loading import facts_of, parts_in
from .parts import Parts
from .reasons import Reason
from .registry import Attempt, Case, subjects
from .texts import unlike_text

SHOWN = 60  # characters of a name that no transition bears


@dataclass(frozen=True)
class Judgement:
    """`role` is the part in which the actor takes the step; `judged` what guards looked at, for the event."""

    role: str
    reasons: tuple[Reason, ...] = ()
    judged: dict[str, Any] = field(default_factory=dict)


def judge(row: Any, scheme: Compiled, attempt: Attempt, *, seen: int | None, now: datetime) -> Judgement:
    """All reasons against `attempt` on the loaded `row` at once.

    Whoever has no part in the step, or to whom it is closed, learns only that; and a step that does not leave this
    state is not judged further: its guards speak of another situation.
    """
    step = scheme.steps.get(attempt.transition)
    if step is None:
        return Judgement("", (_unknown(attempt.transition),))
    parts = parts_in(row, step)
    role = _role(row, scheme, step, attempt, parts)
    if role is None:
        return Judgement("", (Reason("not_your_role", {"roles": list(step.definition.by)}),))
    if role in parts.reading:
        return Judgement("", tuple(parts.against(role)))
    closed = parts.against(role)
    if closed:
        personal = _weigh_person(row, scheme, step, replace(attempt, role=role))
        return Judgement(role, tuple(personal or closed))
    if seen is not None and seen != row.entered_seq:
        return Judgement(role, (Reason("stale_page", {"state": row.state, "edition": row.edition_id}),))
    if not getattr(scheme.flow(row), step.name).can_proceed(check_conditions=False):
        return Judgement(role, (_wrong_state(row, step),))
    return _weigh(row, scheme, step, replace(attempt, role=role), now)


def _role(row: Any, scheme: Compiled, step: Step, attempt: Attempt, parts: Parts) -> str | None:
    """The first that may take the step, one in which the actor may act before others."""
    if attempt.actor_id is None:
        deadline = scheme.workflow.states[row.state].deadline
        own = SYSTEM_ROLE in step.definition.by or (deadline is not None and deadline.then == step.name)
        return SYSTEM_ROLE if own else None
    in_order = [role for role in step.definition.by if role in parts.played]
    among = (parts.acting, parts.open, parts.played)
    return next((role for these in among for role in in_order if role in these), None)


def _unknown(typed: str) -> Reason:
    """What anybody may have typed enters the trail as text of a bearable length."""
    return Reason("unknown_transition", {"transition": typed[:SHOWN].encode(errors="replace").decode()})


def _wrong_state(row: Any, step: Step) -> Reason:
    return Reason(
        "wrong_state",
        {
            "transition": step.name,
            "state": row.state,
            "from": list(step.definition.from_),
            "edition": row.edition_id,
        },
    )


def _weigh(row: Any, scheme: Compiled, step: Step, attempt: Attempt, now: datetime) -> Judgement:
    case = Case(row, scheme, attempt, facts_of(row, type(row), step, attempt))
    verdicts = [each.guard.check(case, each.parameters) for each in step.guards]
    reasons = [*_comment(step, attempt), *_too_late(row, scheme, step, attempt, now)]
    reasons += [reason for verdict in verdicts for reason in verdict.reasons]
    judged = {key: value for verdict in verdicts for key, value in verdict.judged.items()}
    if not reasons and not attempt.preview:
        for keep in step.keeps:
            judged |= keep(case, judged)
    return Judgement(attempt.role, tuple(reasons), judged)


def _weigh_person(row: Any, scheme: Compiled, step: Step, attempt: Attempt) -> list[Reason]:
    """What speaks of the actor alone."""
    case = Case(row, scheme, attempt, facts_of(row, type(row), step, attempt))
    personal = [each for each in step.guards if each.guard.personal]
    return [reason for each in personal for reason in each.guard.check(case, each.parameters).reasons]


def _comment(step: Step, attempt: Attempt) -> list[Reason]:
    wanted = step.definition.comment
    if wanted == "none":
        return [Reason("comment_not_taken")] if attempt.comment else []
    asked = wanted == "required" and not attempt.preview and attempt.role != SYSTEM_ROLE
    return unlike_text(attempt.comment, missing="comment_missing" if asked else "")


def _too_late(row: Any, scheme: Compiled, step: Step, attempt: Attempt, now: datetime) -> list[Reason]:
    """What follows by itself from the end of something else is no matter of time."""
    of_itself = subjects[scheme.workflow.subject].words.of_itself
    if attempt.role == SYSTEM_ROLE and step.name in of_itself:
        return []
    return deadline_passed(row, scheme, now, step=step.name)


def deadline_passed(row: Any, scheme: Compiled, now: datetime, *, step: str = "") -> list[Reason]:
    """After the deadline only the timer's own transition is left, whether the system got to it yet or not.

    Without a `step`, whether anything else (an answer, a rating) comes too late.
    """
    deadline = scheme.workflow.states[row.state].deadline
    if deadline is None or row.deadline_at is None or now < row.deadline_at or step == deadline.then:
        return []
    at = timezone.localtime(row.deadline_at).date().isoformat()
    return [Reason("deadline_passed", {"at": at, "then": deadline.then, "edition": row.edition_id})]
