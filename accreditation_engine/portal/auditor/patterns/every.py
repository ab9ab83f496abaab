"""All patterns, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable

from . import (
    against_score,
    always_harsher,
    fast_reviews,
    few_words,
    many_returns,
    overrides,
    own_roles,
    quick_decisions,
    refusals,
    same_pair,
    split_votes,
)
from .pattern import Pattern
from .scope import Scope

PATTERNS: tuple[Callable[[Scope], Pattern], ...] = (
    against_score.found,
    split_votes.found,
    quick_decisions.found,
    fast_reviews.found,
    same_pair.found,
    always_harsher.found,
    few_words.found,
    many_returns.found,
    overrides.found,
    own_roles.found,
    refusals.found,
)


def patterns(scope: Scope) -> list[Pattern]:
    """Every pattern with what it lists. Eleven queries, however many files there are."""
    return [each(scope) for each in PATTERNS]
