"""Counting votes: shares, ties and the casting vote, for every number there is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.decisions.counting import ABSTAIN, Count

CHOICES = ("yes", "no", "later")
VOTES = st.dictionaries(st.sampled_from([*CHOICES, ABSTAIN]), st.integers(0, 30))


@given(votes=VOTES, casting=st.sampled_from(["", *CHOICES, ABSTAIN]))
def test_a_casting_vote_decides_ties_and_nothing_else(votes: dict[str, int], casting: str) -> None:
    count = Count(Counter(votes), casting)
    most = max((votes.get(each, 0) for each in CHOICES), default=0)
    leading = {each for each in CHOICES if most and votes.get(each, 0) == most}
    carried = {each for each in CHOICES if count.carried_by_casting(each)}
    assert carried == ({casting} if len(leading) > 1 and casting in leading else set())


@given(votes=VOTES, share=st.fractions(min_value=Fraction(1, 9), max_value=1), more_than=st.booleans())
def test_abstaining_changes_no_share(votes: dict[str, int], share: Fraction, more_than: bool) -> None:
    more = {**votes, ABSTAIN: votes.get(ABSTAIN, 0) + 7}
    for choice in CHOICES:
        before, after = Count(Counter(votes)), Count(Counter(more))
        assert before.carries(choice, share, more_than=more_than) == after.carries(
            choice, share, more_than=more_than
        )
        assert before.tied == after.tied


@given(votes=VOTES)
def test_more_than_half_is_carried_by_one_choice_at_most(votes: dict[str, int]) -> None:
    count = Count(Counter(votes))
    carried = [each for each in CHOICES if count.carries(each, Fraction(1, 2), more_than=True)]
    assert len(carried) <= 1
    assert not (carried and count.tied)
