"""No step decides on ratings that reviewers do not agree on, where a rubric bounds how far they may differ."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.definitions.checking import check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.reconciling import check_reconciled
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.registry import vocabulary
from tests.definitions.examples import line_of
from tests.support.small import ASKED, RUBRIC, WORKFLOW
from tests.support.world import changed, read

BOUNDED = changed(RUBRIC, ("areas:\n", "reconcile_above: 1\nareas:\n"))
VOTE = "requires: [{may_vote: [grant, deny, abstain]}, {not_involved: [reviewer]}]"
GUARDED_VOTE = changed(VOTE, ("[{may", "[{reconciled: 2}, {may"))
SOUND = changed(WORKFLOW, (ASKED, "reconciled: 2"), (VOTE, GUARDED_VOTE))
SIDEWAYS = """\
  grant_early:
    title: {ar: منح مبكر, en: Grant early}
    from: [in_review]
    to: granted
    by: [coordinator]
    then: [issue_certificate]
"""
BACK = """\
  send_back:
    title: {ar: إعادة, en: Send back}
    from: [deciding]
    to: in_review
    by: [panel]
    requires: [{not_involved: [reviewer]}]
"""


def named(workflow: str) -> list[str]:
    attempts = [attempt_text(BOUNDED, file="a.yaml"), attempt_text(workflow, file="b.yaml")]
    return [str(each) for each in check_attempts(attempts, vocabulary()).problems]


def test_a_step_that_decides_before_reviewers_agree_is_named_with_the_way_to_it() -> None:
    text = changed(SOUND, ("      - reconciled: 2\n", f"      - {ASKED}\n"))
    assert named(text) == [
        f"b.yaml:{line_of(text, '  grant:')}: 'grant' can be taken while reviewers are further apart than "
        "'reconcile_above' of 'mini' allows: 'send_review', then 'close', then 'grant' "
        "(in_review -> in_review -> deciding -> granted); add 'reconciled' to the 'requires' of 'grant', or of a "
        "step on this way after the review"
    ]


def test_votes_are_a_guard_when_casting_one_is_guarded() -> None:
    assert named(SOUND) == []
    unguarded = changed(SOUND, (GUARDED_VOTE, VOTE))
    (deny,) = named(unguarded)
    assert "'deny' can be taken" in deny
    assert "'close', then 'vote', then 'deny'" in deny


def test_votes_from_before_a_later_review_guard_nothing() -> None:
    assert named(SOUND + BACK) == []  # closing the reviews once more opens a ballot
    (deny,) = named(changed(SOUND, ("then: [raise_findings, open_ballot]", "then: [raise_findings]")) + BACK)
    assert "'send_review', then 'close', then 'deny'" in deny


def test_one_guarded_way_beside_another_is_not_enough() -> None:
    text = SOUND + SIDEWAYS
    (early,) = named(text)
    assert early.startswith(f"b.yaml:{line_of(text, '  grant_early:')}: 'grant_early' can be taken")


def test_a_guard_on_the_way_is_enough() -> None:
    text = changed(
        WORKFLOW,
        ("requires: [{reviews_complete: 1}]", "requires: [{reviews_complete: 1}, {reconciled: 2}]"),
    )
    assert named(text) == []
    assert len(named(text + SIDEWAYS)) == 1


def test_those_who_decide_may_send_a_file_back_to_reviewers_who_are_apart() -> None:
    assert named(SOUND + BACK) == []
    away = changed(BACK, ("to: in_review", "to: denied"))
    (found,) = named(SOUND + away)
    assert "'send_back' can be taken" in found


def test_nothing_is_asked_of_a_scheme_whose_rubrics_set_no_bound() -> None:
    read(WORKFLOW, RUBRIC)


def test_a_bound_that_no_step_keeps_is_said_once() -> None:
    (found,) = named(WORKFLOW)
    assert "no step waits until reviewers agree; require 'reconciled' after the reviews" in found


states = st.sampled_from("abcd")
rules = st.lists(
    st.sampled_from(["own_review_complete", "reconciled", "votes", "may_vote", "outcome"]),
    max_size=2,
    unique=True,
)
steps = st.tuples(states, states, st.sampled_from(["applicant", "panel"]), rules, st.booleans())


@pytest.mark.parametrize("bound", [True, False])
@given(drawn=st.lists(steps, min_size=1, max_size=6))
def test_what_is_found_is_what_walking_every_way_finds(bound: bool, drawn: list[Any]) -> None:
    both = {"ar": "س", "en": "X"}
    workflow = Workflow.model_validate(
        {
            "workflow": "w",
            "edition": "1",
            "title": both,
            "rubrics": ["mini"],
            "subject": "dossier",
            "initial": "a",
            "states": {state: {"title": both} for state in "abcd"},
            "transitions": {
                f"t{n}": {
                    "title": both,
                    "from": [source],
                    "to": to,
                    "by": [by],
                    "requires": asked,
                    "then": ["open_ballot"] if anew else [],
                }
                for n, (source, to, by, asked, anew) in enumerate(drawn)
            },
        }
    )
    (rubric,) = read(BOUNDED if bound else RUBRIC).rubrics.values()
    flaws = {
        each.path[1]
        for each in check_reconciled(workflow, {"mini": rubric}, vocabulary())
        if each.path[0] == "transitions"
    }
    if not bound or all("reconciled" not in asked for _, _, _, asked, _ in drawn):
        assert flaws == set()
        return
    decided = walked(workflow)
    assert bool(flaws) == bool(decided)
    assert flaws <= decided


def walked(workflow: Workflow) -> set[str]:
    """The steps that ask for an outcome or for votes, or are the panel's and end nowhere near a review, that can
    be taken on some way while a review lies behind that nobody was reconciled on."""
    found = set[str]()
    here = {("a", False, False)}
    for _ in range(8 * len(workflow.transitions)):
        ahead = set()
        for state, apart, voted in here:
            for name, each in workflow.leaving(state).items():
                asked = {rule.name for rule in each.requires}
                if "votes" in asked and not voted:
                    continue
                own = asked & {"outcome", "votes"} or (
                    each.by == ("panel",) and "may_vote" not in asked and not near_a_review(each.to, workflow)
                )
                if own and apart and "reconciled" not in asked:
                    found.add(name)
                ahead.add(
                    (
                        each.to,
                        "own_review_complete" in asked or (apart and "reconciled" not in asked),
                        not each.then and (voted or "may_vote" in asked),
                    )
                )
        if ahead <= here:
            break
        here |= ahead
    return found


def near_a_review(state: str, workflow: Workflow) -> bool:
    near = {state}
    for _ in workflow.states:
        near |= {
            each.to for place in near for each in workflow.leaving(place).values() if each.by != ("panel",)
        }
    return any(
        rule.name == "own_review_complete"
        for place in near
        for each in workflow.leaving(place).values()
        for rule in each.requires
    )
