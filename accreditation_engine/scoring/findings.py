"""Findings that ratings raise by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accreditation_engine.definitions.rubric import FindingRule, Severity

from .scores import Scores

SEVEREST_FIRST: tuple[Severity, ...] = ("major", "minor", "observation")


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion whose rating raises a finding. `correct_within` is an ISO 8601 duration, or None."""

    criterion: str
    severity: Severity
    correct_within: str | None = None


def raised_findings(scores: Scores) -> tuple[Finding, ...]:
    """One finding for each criterion that a rule applies to, by the most severe of them, in file order."""
    rules = sorted(scores.rubric.findings, key=lambda rule: SEVEREST_FIRST.index(rule.severity))
    return tuple(_raised(rules, scores.ratings)) if rules else ()


def _raised(rules: list[FindingRule], ratings: Mapping[str, Decimal]) -> Iterator[Finding]:
    for criterion, rating in ratings.items():
        rule = next((each for each in rules if rating <= each.rating_at_most), None)
        if rule is not None:
            yield Finding(criterion, rule.severity, rule.correct_within)
