"""A workflow as a viewflow.fsm flow."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from viewflow.fsm import State, TransitionNotAllowed

from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.compiled import bind, build_flow, compiled
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.opening import current_edition
from tests.support.world import SHIPPED, TINY, World, changed, read, shipped


@dataclass
class Thing:
    state: str


def workflow_of(text: str) -> Workflow:
    (workflow,) = read(text).workflows.values()
    return workflow


def test_the_flow_has_viewflows_state_with_the_states_of_the_file() -> None:
    flow = build_flow(shipped().workflows[SHIPPED])
    assert isinstance(vars(flow)["_state"], State)
    assert flow(Thing("draft"))._state == "draft"


@pytest.mark.parametrize("state", list(shipped().workflows[SHIPPED].states))
def test_viewflow_knows_which_steps_leave_a_state(state: str) -> None:
    workflow = shipped().workflows[SHIPPED]
    flow = build_flow(workflow)
    available = flow._state.get_available_transitions(flow(Thing(state)), state, None)
    assert {each.slug: each.target for each in available} == {
        name: each.to for name, each in workflow.leaving(state).items()
    }


def test_a_step_sets_the_target_and_then_records() -> None:
    thing, seen = Thing("draft"), []
    build_flow(workflow_of(TINY))(thing).submit(lambda: seen.append(thing.state))
    assert (thing.state, seen) == ("checking", ["checking"])


def test_a_step_whose_recording_fails_leaves_the_state() -> None:
    thing = Thing("draft")
    with pytest.raises(ZeroDivisionError):
        build_flow(workflow_of(TINY))(thing).submit(lambda: 1 // 0)
    assert thing.state == "draft"


def test_a_step_from_a_wrong_state_is_refused_by_viewflow() -> None:
    thing = Thing("done")
    with pytest.raises(TransitionNotAllowed):
        build_flow(workflow_of(TINY))(thing).submit(lambda: None)
    assert thing.state == "done"


def test_a_state_is_not_set_by_hand() -> None:
    flow = build_flow(workflow_of(TINY))(Thing("draft"))
    with pytest.raises(AttributeError):
        flow._state = "done"


@pytest.mark.parametrize("name", ["state", "subject", "flow", "take-back", "class", "import"])
def test_a_step_may_bear_any_name_that_a_file_may_give_it(name: str) -> None:
    workflow = workflow_of(changed(TINY, ("  submit:", f"  {name}:")))
    thing = Thing("draft")
    getattr(build_flow(workflow)(thing), name)(lambda: None)
    assert thing.state == "checking"


def test_a_rule_that_nobody_registered_is_a_lookup_error() -> None:
    workflow = workflow_of(TINY)
    finish = workflow.transitions["finish"].model_copy(update={"then": ({"name": "telegraph"},)})
    broken = workflow.model_copy(update={"transitions": {"finish": finish}})
    with pytest.raises((LookupError, AttributeError)):
        bind(broken, {})


@pytest.mark.django_db
def test_an_edition_is_compiled_once_a_process(world: World) -> None:
    edition = current_edition(SHIPPED)
    assert compiled(edition) is compiled(edition)


@pytest.mark.django_db
def test_an_edition_that_is_not_kept_is_none() -> None:
    with pytest.raises(Edition.DoesNotExist):
        compiled("f" * 64)
