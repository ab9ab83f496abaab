"""Whatever is done to a file, in any order: a replay of any part of its events gives what the tables held then."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.evidence import file_evidence, take_back
from accreditation_engine.engine import registry
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.replay.comparing import in_table, people, tables
from accreditation_engine.engine.replay.folding import replay
from accreditation_engine.engine.replay.said import said_in
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.allocation.drawing import draw_reviewers
from accreditation_engine.reviews.allocation.profiles import change_profile
from accreditation_engine.reviews.consensus import confirm, propose, withdraw
from accreditation_engine.reviews.domain import Rated, assign, rate, release
from accreditation_engine.reviews.findings import file_correction, name_owner
from accreditation_engine.reviews.models import Finding
from accreditation_engine.reviews.queue.claiming import claim
from accreditation_engine.reviews.queue.handing_over import hand_over
from accreditation_engine.trail.models import Event, Head
from tests.support.world import SHIPPED, World, in_state

from .busy import GUARDED, RECONCILED, pdf

pytestmark = pytest.mark.django_db

NUMBERS = st.integers(0, 3)
RATINGS = st.sampled_from(["", "0", "1", "3", "4", "not_applicable"])
TEXTS = st.sampled_from(["", "كتبته منى", "another"])
ROLES = st.sampled_from(["applicant", "coordinator", "reviewer", "panel"])

Snapshot = tuple[dict[UUID, int], dict[str, list[Any]], dict[UUID, dict[str, Any]]]
"""The last event of every stream, the rows of every table, the state columns of every subject."""


class Walk(RuleBasedStateMachine):
    world: World
    scheme: str
    starts: tuple[str, ...]

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        state = data.draw(st.sampled_from(self.starts))
        self.dossier = self.world.dossier(state, scheme=self.scheme)
        self.snapshots: list[Snapshot] = []

    def teardown(self) -> None:
        try:
            assert_told(self.snapshots)
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def person(self, role: str, number: int) -> User:
        return self.world.person(role, number % 2 if role in ("reviewer", "panel") else 0)

    def criterion(self, number: int) -> tuple[str, str]:
        rubric = next(iter(compiled(self.dossier.edition_id).rubrics.values()))
        return rubric.id, list(rubric.every_criterion())[number % 2].id

    @rule(number=NUMBERS, rating=RATINGS, text=TEXTS)
    def answer(self, number: int, rating: str, text: str) -> None:
        given = {self.criterion(number): Given(rating, text)}
        tried(lambda: save_answers(dossier=self.dossier, answers=given, by=self.world.applicant))

    @rule()
    def accept(self) -> None:
        tried(lambda: accept_code(dossier=self.dossier, by=self.world.applicant))

    @rule(number=NUMBERS, text=TEXTS)
    def file(self, number: int, text: str) -> None:
        rubric, criterion = self.criterion(number)
        upload, by = pdf(f"{text}.pdf", text), self.world.applicant
        tried(
            lambda: file_evidence(
                dossier=self.dossier, rubric=rubric, criterion=criterion, upload=upload, by=by
            )
        )

    @rule(number=NUMBERS)
    def take_back(self, number: int) -> None:
        rows = list(self.dossier.evidence.order_by("pk"))
        if rows:
            tried(lambda: take_back(evidence=rows[number % len(rows)], by=self.world.applicant))

    @rule(number=NUMBERS)
    def assign(self, number: int) -> None:
        reviewer, by = self.person("reviewer", number), self.world.person("coordinator")
        tried(lambda: assign(dossier=self.dossier, reviewer=reviewer, by=by))

    @rule(number=NUMBERS)
    def claim(self, number: int) -> None:
        tried(lambda: claim(dossier=self.dossier, by=self.person("reviewer", number)))

    @rule()
    def draw(self) -> None:
        tried(lambda: draw_reviewers(dossier=self.dossier, by=self.world.person("coordinator")))

    @rule(number=NUMBERS, senior=st.booleans())
    def say_what_is_taken(self, number: int, senior: bool) -> None:
        reviewer, by = self.person("reviewer", number), self.world.person("coordinator")
        tried(lambda: change_profile(reviewer=reviewer, by=by, most=number % 4, senior=senior))

    @rule(number=NUMBERS, to=NUMBERS, text=TEXTS)
    def hand_over(self, number: int, to: int, text: str) -> None:
        rows = list(self.dossier.assignments.order_by("pk"))
        if rows:
            assignment, other = rows[number % len(rows)], self.person("reviewer", to)
            by = self.world.person("coordinator")
            tried(lambda: hand_over(assignment=assignment, to=other, reason=text, by=by))

    @rule(number=NUMBERS)
    def release(self, number: int) -> None:
        rows = list(self.dossier.assignments.order_by("pk"))
        if rows:
            assignment, by = rows[number % len(rows)], self.world.person("coordinator")
            tried(lambda: release(assignment=assignment, by=by, reason="مسافر"))

    @rule(number=NUMBERS, value=RATINGS, text=TEXTS, all_of_them=st.booleans())
    def rate(self, number: int, value: str, text: str, all_of_them: bool) -> None:
        rows = list(self.dossier.assignments.filter(released_at=None).order_by("pk"))
        if not rows:
            return
        assignment, scheme = rows[number % len(rows)], compiled(self.dossier.edition_id)
        every = [
            (name, each.id) for name, rubric in scheme.rubrics.items() for each in rubric.every_criterion()
        ]
        ratings = {key: Rated(value, text) for key in (every if all_of_them else [self.criterion(number)])}
        tried(lambda: rate(assignment=assignment, ratings=ratings, by=assignment.reviewer))

    @rule(role=ROLES, number=NUMBERS, which=NUMBERS)
    def step(self, role: str, number: int, which: int) -> None:
        self.dossier.refresh_from_db()
        person = self.person(role, number)
        open_ = [each for each in options(self.dossier, person) if each.open]
        if not open_:
            return
        taken = open_[which % len(open_)]
        asked = [each.parameters for each in taken.step.guards if each.name == "may_vote"]
        data = {"choice": asked[0].choices[number % len(asked[0].choices)]} if asked else None
        comment = "لأسباب" if taken.step.definition.comment == "required" else ""
        tried(lambda: perform(self.dossier, taken.name, person, comment=comment, data=data))

    @rule(number=NUMBERS, value=RATINGS)
    def propose(self, number: int, value: str) -> None:
        by, criterion = self.person("reviewer", number), self.criterion(0)
        tried(lambda: propose(dossier=self.dossier, criterion=criterion, value=value, reason="ب", by=by))

    @rule(number=NUMBERS, confirms=st.booleans())
    def answer_proposal(self, number: int, confirms: bool) -> None:
        rows, by = list(self.dossier.proposals.order_by("-pk")), self.person("reviewer", number)
        if rows:
            tried(lambda: confirm(proposal=rows[0], by=by) if confirms else withdraw(proposal=rows[0], by=by))

    @rule(number=NUMBERS, text=TEXTS, role=ROLES)
    def work_on_a_finding(self, number: int, text: str, role: str) -> None:
        rows = list(Finding.objects.filter(dossier=self.dossier).order_by("pk"))
        if not rows:
            return
        finding, by = rows[number % len(rows)], self.world.applicant
        tried(lambda: name_owner(finding=finding, owner=by if number % 2 else None, by=by))
        tried(lambda: file_correction(finding=finding, upload=pdf(f"{text}.pdf", text), by=by))
        person = self.person(role, number)
        open_ = [each.name for each in options(finding, person) if each.open]
        if open_:
            tried(lambda: perform(finding, open_[0], person, comment="لأسباب"))

    @invariant()
    def remember(self) -> None:
        heads = dict(Head.objects.values_list("stream", "seq"))
        streams = list(heads)
        rows = {f"{each.of} {each.name}": list(each.kept(streams)) for each in tables}
        subjects = {
            subject.pk: in_state(subject)
            for kind in registry.subjects.values()
            for subject in kind.model._default_manager.all()
        }
        self.snapshots.append((heads, rows, subjects))


def tried(act: Callable[[], Any]) -> None:
    with suppress(Refused):
        act()


def assert_told(snapshots: list[Snapshot]) -> None:
    """Each snapshot against a replay of the events that were there."""
    contents: dict[UUID, list[Any]] = {}
    for event in Event.objects.order_by("stream", "seq"):
        contents.setdefault(event.stream, []).append(said_in(event.content))
    for heads, rows, subjects in snapshots:
        kinds = {pk: of for of, rows in people.items() for pk in rows().values_list("pk", flat=True)}
        kinds |= {pk: of for of, pks in _by_kind(subjects).items() for pk in pks}
        pictures = {
            stream: replay(kinds.get(stream, "person"), contents[stream][:seq])
            for stream, seq in heads.items()
        }
        assert not [each.unread for each in pictures.values() if each.unread]
        for table in tables:
            own = {pk: each for pk, each in pictures.items() if kinds.get(pk, "person") == table.of}
            kept = rows[f"{table.of} {table.name}"]
            found = in_table(replace(table, kept=lambda streams, kept=kept: kept), list(own), own)
            assert [str(each) for each in found] == []
        for pk, columns in subjects.items():
            said = {name: each.value for name, each in pictures[pk].rows("state")[()].items()}
            assert said == {("edition" if name == "edition_id" else name): v for name, v in columns.items()}


def _by_kind(subjects: dict[UUID, Any]) -> dict[str, list[UUID]]:
    return {
        of: list(kind.model._default_manager.filter(pk__in=subjects).values_list("pk", flat=True))
        for of, kind in registry.subjects.items()
    }


SCHEMES = {
    "small": ("mini", ("in_review", "deciding")),
    "shipped": (SHIPPED, ("draft", "in_review", "correcting", "deciding")),
}


@pytest.mark.parametrize(("scheme", "starts"), SCHEMES.values(), ids=SCHEMES)
def test_a_replay_of_any_part_gives_what_the_tables_held_then(
    world: World, scheme: str, starts: tuple[str, ...]
) -> None:
    world.scheme(GUARDED, RECONCILED)
    machine = type("Walk", (Walk,), {"world": world, "scheme": scheme, "starts": starts})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=6, stateful_step_count=25, deadline=None)
    )
