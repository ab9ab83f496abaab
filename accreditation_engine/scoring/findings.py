"""Findings that ratings raise by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accreditation_engine.definitions.rubric import FindingRule, Rubric, Severity

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
    rules = _severest_first(scores.rubric)
    return tuple(_raised(rules, scores.ratings)) if rules else ()


def severity_raised(rubric: Rubric, rating: Decimal) -> Severity | None:
    """How severe a finding is that `rating` raises by itself, on any criterion; None where it raises none."""
    rule = _rule_for(_severest_first(rubric), rating)
    return rule.severity if rule else None


def _severest_first(rubric: Rubric) -> list[FindingRule]:
    return sorted(rubric.findings, key=lambda rule: SEVEREST_FIRST.index(rule.severity))


def _raised(rules: list[FindingRule], ratings: Mapping[str, Decimal]) -> Iterator[Finding]:
    for criterion, rating in ratings.items():
        rule = _rule_for(rules, rating)
        if rule is not None:
            yield Finding(criterion, rule.severity, rule.correct_within)


def _rule_for(rules: list[FindingRule], rating: Decimal) -> FindingRule | None:
    return next((each for each in rules if rating <= each.rating_at_most), None)
