"""Anybody tries anything, in any order: what must hold holds after every step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM, actor_of
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.canonical import NotCanonical
from accreditation_engine.trail.models import Event
from tests.support.world import TINY, World, in_state, read

pytestmark = pytest.mark.django_db

WORKFLOW = read(TINY).workflows["tiny"]
STEPS = [*WORKFLOW.transitions, "publish"]
PEOPLE = ["applicant", "coordinator", "auditor", "panel", "stranger", "system"]


class Walk(RuleBasedStateMachine):
    world: World

    @initialize()
    def open(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(timezone.now())
        self.clock = self.travel.start()
        self.dossier = self.world.dossier("draft", scheme="tiny")
        self.events = 1

    def teardown(self) -> None:
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def person(self, name: str) -> Any:
        return {"system": SYSTEM, "stranger": self.world.stranger}.get(name) or self.world.person(name)

    @rule(
        step=st.sampled_from(STEPS),
        name=st.sampled_from(PEOPLE),
        comment=st.sampled_from(["", "why", " "]),
        seen=st.sampled_from([None, 0, 1, "now"]),
    )
    def attempt(self, step: str, name: str, comment: str, seen: Any) -> None:
        before, shown = in_state(self.dossier), vars(self.dossier).copy()
        seen = self.dossier.entered_seq if seen == "now" else seen
        self.events += 1
        try:
            event = perform(self.dossier, step, self.person(name), comment=comment, seen=seen)
        except Refused:
            assert (in_state(self.dossier), vars(self.dossier)) == (before, shown)
            return
        if event.seq == before["state_seq"]:  # pressed again: nothing is written
            assert seen is not None
            assert (event.transition, event.actor) == (step, actor_of(self.person(name)).id)
            assert (in_state(self.dossier), vars(self.dossier)) == (before, shown)
            self.events -= 1
            return
        definition = WORKFLOW.transitions[step]
        assert before["state"] in definition.from_
        assert (event.source, event.target) == (before["state"], definition.to)
        assert event.role in definition.by
        assert name != "stranger"

    @rule(step=st.sampled_from(STEPS), name=st.sampled_from(PEOPLE))
    def fail(self, step: str, name: str) -> None:
        before = in_state(self.dossier)
        try:
            perform(self.dossier, step, self.person(name), comment="why", data={"score": 0.5})
        except NotCanonical:
            assert in_state(self.dossier) == before
        except Refused:
            self.events += 1

    @rule(name=st.sampled_from(PEOPLE[:-1]))
    def take_what_is_offered(self, name: str) -> None:
        for option in options(self.dossier, self.person(name)):
            if option.open:
                comment = "" if option.step.definition.comment == "none" else "why"
                perform(self.dossier, option.name, self.person(name), comment=comment)
                self.events += 1
                return

    @precondition(lambda self: self.dossier.deadline_at is not None)
    @rule(days=st.integers(1, 40))
    def wait(self, days: int) -> None:
        self.clock.shift(timedelta(days=days))
        moved = [pk for result in sweep() for pk in result.events]
        assert moved == ([self.dossier.pk] if self.dossier.deadline_at <= timezone.now() else [])
        self.events += len(moved)
        self.dossier.refresh_from_db()

    @rule(state=st.sampled_from(list(WORKFLOW.states)))
    def forge(self, state: str) -> None:
        if state == self.dossier.state:
            return
        with pytest.raises(IntegrityError), transaction.atomic():
            Dossier.objects.filter(pk=self.dossier.pk).update(state=state)

    @invariant()
    def the_state_is_that_of_the_last_event(self) -> None:
        stands = in_state(self.dossier)
        last = Event.objects.filter(stream=self.dossier.pk).exclude(target="").latest("seq")
        assert (last.target, last.seq) == (stands["state"], stands["state_seq"])
        assert self.dossier.state == stands["state"]

    @invariant()
    def the_trail_verifies_and_nothing_is_missing(self) -> None:
        assert list(verify_all(stream=self.dossier.pk)) == []
        assert Event.objects.filter(stream=self.dossier.pk).count() == self.events


def test_whatever_anybody_tries_the_state_is_what_the_trail_says(world: World) -> None:
    world.scheme(TINY)
    machine = type("Walk", (Walk,), {"world": world})
    run_state_machine_as_test(machine, settings=settings(max_examples=12, stateful_step_count=15))
