"""Which outcome a rubric gives: the first that holds, from the top."""

from __future__ import annotations

from accreditation_engine.definitions.rubric import Outcome, Rubric

from .conditions import Facts, judge
from .verdicts import Reason, Verdict

Choice = tuple[str | None, tuple[Reason, ...]]


def choose_outcome(facts: Facts) -> Choice:
    """The outcome with the reasons for it, followed by those against the one above it.

    The outcome is None when the last one has a condition too, and that does not hold.
    """
    against: tuple[Reason, ...] = ()
    for outcome in facts.scores.rubric.outcomes:
        verdict = _judged(outcome, facts)
        reasons = tuple(reason.of(outcome.outcome) for reason in verdict.reasons)
        if verdict.holds:
            return outcome.outcome, reasons + against
        against = reasons
    return None, against


def _judged(outcome: Outcome, facts: Facts) -> Verdict:
    if outcome.when is None:
        return Verdict(True, (Reason("otherwise", True),))
    return judge(outcome.when, facts)


def outcome_at_least(rubric: Rubric, outcome: str | None, wanted: str) -> bool:
    """Whether `outcome` is `wanted` or a better one; a rubric lists the best first. No outcome is never.

    Raises ValueError for an outcome that the rubric does not have.
    """
    order = [each.outcome for each in rubric.outcomes]
    for name in (outcome, wanted):
        if name is not None and name not in order:
            raise ValueError(f"{rubric.id} has no outcome {name}; it has {', '.join(order)}")
    return outcome is not None and order.index(outcome) <= order.index(wanted)
