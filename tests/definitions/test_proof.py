from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.definitions.paths import Graph
from accreditation_engine.definitions.two_persons import check_two_persons, kept_out
from accreditation_engine.definitions.workflow import Workflow

from .examples import RUBRIC, VOCABULARY, WORKFLOW, changed, problems, workflow_problems

TITLE = "{ar: س, en: X}"


def added(text: str, state: str = "", transition: str = "") -> str:
    """`text` with one more state and one more transition, each a line of YAML."""
    text = changed(text, "transitions:\n", f"  {state}\ntransitions:\n" if state else "transitions:\n")
    return text + (f"  {transition}\n" if transition else "")


def named(text: str) -> list[str]:
    return [each.removeprefix("b.yaml:") for each in problems(RUBRIC, text)]


def test_a_state_that_nothing_leads_to_is_named() -> None:
    text = added(WORKFLOW, f"island: {{title: {TITLE}, final: true}}")
    assert named(text) == [
        "22: no way leads from 'draft' to 'island'; add a transition to it, or remove it",
    ]


def test_a_state_without_a_way_out_is_named() -> None:
    text = added(
        WORKFLOW,
        f"pit: {{title: {TITLE}}}",
        f"fall: {{title: {TITLE}, from: [draft], to: pit, by: [applicant]}}",
    )
    assert named(text) == [
        "22: no way leads from 'pit' to a final state; add a transition, or write 'final: true'",
    ]


def test_states_that_only_lead_to_each_other_are_named() -> None:
    loop = f"around: {{title: {TITLE}, from: [one, draft], to: one, by: [applicant]}}"
    text = added(WORKFLOW, f"one: {{title: {TITLE}, waits_for: applicant}}", loop)
    assert named(text) == [
        "22: no way leads from 'one' to a final state; add a transition, or write 'final: true'"
    ]


def test_a_workflow_without_a_final_state_is_named_once() -> None:
    text = WORKFLOW.replace(", final: true", "")
    assert named(text) == ["7: no state is final; write 'final: true' where the way ends"]


def test_a_final_state_has_no_way_out_and_no_deadline() -> None:
    text = changed(
        WORKFLOW, "Certified}, final: true", "Certified}, final: true, deadline: {after: P1D, then: lapse}"
    )
    text = changed(text, "from: [draft, deciding]", "from: [draft, deciding, certified]")
    assert named(text) == [
        "20: 'certified' is final, so nothing falls due; remove the deadline",
        "47: 'certified' is final, so 'lapse' cannot leave it; remove it here, or 'final: true' there",
    ]


def test_a_deadline_must_leave_its_state() -> None:
    assert workflow_problems("from: [draft, deciding]", "from: [draft]") == [
        "b.yaml:19: 'lapse' does not leave 'deciding'; add 'deciding' to its 'from', or name another"
    ]


def test_a_deadline_must_not_lead_back() -> None:
    text = added(WORKFLOW, "", f"wait: {{title: {TITLE}, from: [draft], to: draft, by: [system]}}")
    text = changed(text, "{after: P90D, then: lapse}", "{after: P90D, then: wait}")
    assert named(text) == ["11: 'wait' leads back to 'draft', so the deadline ends nothing; name another"]


def test_a_state_must_not_wait_for_somebody_who_can_do_nothing() -> None:
    assert workflow_problems("waits_for: reviewer", "waits_for: coordinator") == [
        "b.yaml:14: 'in_review' waits for coordinator, who can take no transition from it; "
        "add 'coordinator' to the 'by' of one that leaves 'in_review'"
    ]


def test_a_transition_of_the_system_needs_a_deadline() -> None:
    text = added(WORKFLOW, "", f"vanish: {{title: {TITLE}, from: [draft], to: lapsed, by: [system]}}")
    assert named(text) == [
        "50: only the system may take 'vanish', but no deadline does; add a role, or a deadline"
    ]


def test_who_reviewed_must_be_kept_out_of_the_decision() -> None:
    assert workflow_problems("      - not_involved: {as: [reviewer]}\n", "") == [
        "b.yaml:34: one person could take "
        "'finish_review' as reviewer (deciding) and then 'certify' as panel; "
        "add to the 'requires' of 'certify': not_involved: {as: [reviewer]}"
    ]


def test_keeping_out_another_role_is_not_enough() -> None:
    assert workflow_problems("{as: [reviewer]}", "{as: [panel]}") == [
        "b.yaml:34: one person could take "
        "'finish_review' as reviewer (deciding) and then 'certify' as panel; "
        "add to the 'requires' of 'certify': not_involved: {as: [panel, reviewer]}"
    ]


def test_a_loop_back_to_review_needs_the_guard_the_other_way_round() -> None:
    back = f"send_back: {{title: {TITLE}, from: [deciding], to: in_review, by: [panel]"
    guard = "requires: [not_involved: {as: [reviewer]}]"
    found = named(added(WORKFLOW, "", f"{back}, {guard}}}"))
    assert found == [
        "29: one person could take 'send_back' as panel (in_review) and then 'finish_review' as reviewer; "
        "add to the 'requires' of 'finish_review': not_involved: {as: [panel]}"
    ]


def test_the_path_between_the_two_is_named() -> None:
    text = changed(WORKFLOW, "from: [in_review]\n    to: deciding", "from: [in_review]\n    to: reviewed")
    text = added(
        text,
        f"reviewed: {{title: {TITLE}}}",
        f"convene: {{title: {TITLE}, from: [reviewed], to: deciding, by: [coordinator]}}",
    )
    text = changed(text, "      - not_involved: {as: [reviewer]}\n", "")
    assert named(text) == [
        "35: one person could take "
        "'finish_review' as reviewer, then 'convene' (reviewed -> deciding) and then "
        "'certify' as panel; add to the 'requires' of 'certify': not_involved: {as: [reviewer]}"
    ]


def test_one_transition_of_two_judging_roles_on_a_loop_needs_the_guard_for_both() -> None:
    again = f"again: {{title: {TITLE}, from: [deciding], to: deciding, by: [panel, appeal_panel]"
    found = named(added(WORKFLOW, "", f"{again}}}"))
    for role in ("panel", "appeal_panel", "reviewer"):
        assert any(f"as {role} (deciding) and then 'again'" in each for each in found)
    assert any(each.startswith("34: ") and "as appeal_panel" in each for each in found)


@pytest.mark.parametrize("by", ["[reviewer]", "[panel]", "[coordinator]"])
def test_one_judging_role_alone_may_act_as_often_as_it_likes(by: str) -> None:
    text = changed(WORKFLOW, "by: [reviewer]", f"by: {by}")
    text = changed(text, "waits_for: reviewer", f"waits_for: {by[1:-1]}")
    if by == "[reviewer]":
        text = changed(text, "by: [panel]", "by: [reviewer]").replace(
            "waits_for: panel", "waits_for: reviewer"
        )
    assert named(changed(text, "      - not_involved: {as: [reviewer]}\n", "")) == []


states, roles = st.sampled_from("abcd"), st.sampled_from(["reviewer", "panel", "appeal_panel", "applicant"])
transitions = st.tuples(
    st.lists(states, min_size=1, max_size=2, unique=True),
    states,
    st.lists(roles, min_size=1, max_size=2, unique=True),
    st.lists(roles, max_size=2, unique=True),
)


@given(st.lists(transitions, min_size=1, max_size=5))
def test_the_two_person_rule_finds_what_walking_every_way_finds(drawn: list[Any]) -> None:
    both = {"ar": "س", "en": "X"}
    workflow = Workflow.model_validate(
        {
            "workflow": "w",
            "edition": "1",
            "title": both,
            "subject": "dossier",
            "initial": "a",
            "states": {state: {"title": both} for state in "abcd"},
            "transitions": {
                f"t{n}": {
                    "title": both,
                    "from": source,
                    "to": to,
                    "by": by,
                    "requires": [{"not_involved": {"as": out}}],
                }
                for n, (source, to, by, out) in enumerate(drawn)
            },
        }
    )
    flaws = check_two_persons(workflow, Graph.of(workflow), VOCABULARY)
    found = {(flaw.path[1], flaw.message.split(" as ")[1].split(",")[0].split(" ")[0]) for flaw in flaws}
    assert found == walked(workflow)


def walked(workflow: Workflow) -> set[tuple[str, str]]:
    """(transition, role) wherever somebody who acted in that role can take the transition in another, found by
    following one person along every way, from every state."""
    judging, conflicts = VOCABULARY.reviewing | VOCABULARY.deciding, set()
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = [(state, frozenset[str]()) for state in workflow.states]
    while ahead:
        here = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        state, acted = here
        for name, each in workflow.leaving(state).items():
            for now in set(each.by) & judging:
                for before in acted - kept_out(each) - {now}:
                    if {now, before} & VOCABULARY.deciding:
                        conflicts.add((name, before))
                ahead.append((each.to, acted | {now}))
            ahead.append((each.to, acted))
    return conflicts
