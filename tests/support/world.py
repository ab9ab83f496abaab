"""A small world for tests: people in every role, schemes, and files in any state.

The fixture `world` opens the shipped schemes and has people for every role:

    dossier = world.dossier("deciding")             # in any state of the institutional commitment scheme
    world.perform(dossier, "vote", data={"choice": "certify"})    # by somebody who plays the part

A scheme of a test's own is a text of YAML:

    world.scheme(TINY)                               # or changed(TINY, "after: P30D", "after: P1D")
    dossier = world.dossier("draft", scheme="tiny")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache, partial
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accreditation_engine.definitions.checking import Checked, check_attempts
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.demo.autopilot import Play, play
from accreditation_engine.demo.cast import Cast, seed_cast
from accreditation_engine.demo.world import invented_ratings
from accreditation_engine.dossiers.declaration import SIGNED, laid_before, signed
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE, Actor
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.editions import activate, load_schemes, store_workflow
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.registry import vocabulary
from accreditation_engine.engine.shipped import read_shipped
from accreditation_engine.organisations.domain import grant_role, join
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.registering import register_organisation
from accreditation_engine.trail.models import Event

from .remembered import Past, watched

SHIPPED = "institutional-commitment"
WELL, BADLY = 0.93, 0.2
"""How an organisation does: well enough for the certificate, or too badly (and with findings)."""

TINY = """\
workflow: tiny
edition: "1"
title: {ar: صغير, en: Tiny}
subject: dossier
initial: draft
states:
  draft:
    title: {ar: مسودة, en: Draft}
    waits_for: applicant
    deadline: {after: P30D, then: lapse}
    shows: {applicant: [answers], coordinator: [answers, trail]}
  checking: {title: {ar: فحص, en: Checking}, waits_for: coordinator, shows: {coordinator: [answers]}}
  done: {title: {ar: تم, en: Done}, final: true}
  lapsed: {title: {ar: منتهي, en: Lapsed}, final: true}
transitions:
  submit: {title: {ar: تقديم, en: Submit}, from: [draft], to: checking, by: [applicant], comment: none}
  remark: {title: {ar: ملاحظة, en: Remark}, from: [draft], to: draft, by: [coordinator]}
  send_back:
    title: {ar: إعادة, en: Send back}
    from: [checking]
    to: draft
    by: [coordinator]
    comment: required
  finish: {title: {ar: إنهاء, en: Finish}, from: [checking], to: done, by: [coordinator, auditor]}
  lapse: {title: {ar: انقضاء, en: Lapse}, from: [draft], to: lapsed, by: [system]}
"""

# How to come to states that lie off the straight road: the state to start from, how well the organisation
# does, and the steps, each by somebody who plays the part.
DETOURS: dict[str, tuple[str, float, tuple[str, ...]]] = {
    "returned": ("screening", WELL, ("return_for_completion",)),
    "review_overdue": ("in_review", WELL, ("escalate",)),
    "accuracy": ("reviewed", WELL, ("send_report",)),
    "answering": ("reviewed", WELL, ("send_report", "confirm_report")),
    "correcting": ("reviewed", BADLY, ("request_correction",)),
    "refusal_decided": ("refusal_decided", BADLY, ()),
    "refused": ("refused", BADLY, ()),
    "appealing": ("refused", BADLY, ("appeal",)),
    "refusal_final": ("refused", BADLY, ("end_appeal_time",)),
    "withdrawn": ("draft", WELL, ("withdraw",)),
    "lapsed": ("draft", WELL, ("lapse",)),
}


def changed(text: str, *replacements: tuple[str, str]) -> str:
    """`text` with each old part, which must stand in it exactly once, replaced by the new one."""
    for old, new in replacements:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


def read(*texts: str) -> Checked:
    """Definitions from texts, checked together; what is wrong with them fails the test."""
    attempts = [attempt_text(text, file=f"{number}.yaml") for number, text in enumerate(texts)]
    found = check_attempts(attempts, vocabulary())
    assert found.ok, [str(problem) for problem in found.problems]
    return found


shipped = lru_cache(read_shipped)


@dataclass
class World:
    """People by role in `cast`, beside an applicant who acts for every organisation, and a stranger who plays
    no part. What is asked of it in the same order as in a test before is put back as it was then."""

    cast: Cast
    applicant: User
    stranger: User
    past: Past = field(default_factory=Past.unknown)

    def person(self, role: str, number: int = 0) -> User:
        """Somebody who plays `role` for every scheme; `number` tells several apart."""
        return self.applicant if role == "applicant" else self.cast.playing(role)[number]

    def new_person(self, name: str, *roles: str, until: datetime | None = None) -> User:
        def invited() -> User:
            user = User.objects.create_user(f"{name}@tests.example", name=name)
            for role in roles:
                grant_role(user=user, role=role, by=SYSTEM, until=until)
            return user

        return self.past.outcome_of(invited, "person", name, roles, until)

    def organisation(self) -> Organisation:
        """A new one, for which the applicant acts."""
        return self.past.outcome_of(self._organisation, "organisation")

    def _organisation(self) -> Organisation:
        number = f"TEST-{Organisation.objects.count() + 1:05d}"
        organisation = register_organisation(
            name_ar="جمعية تجريبية", name_en="A trial association", registration_number=number, by=SYSTEM
        )
        join(organisation=organisation, user=self.applicant, by=SYSTEM)
        return organisation

    def scheme(self, text: str, *rubrics: str) -> str:
        """Open the scheme that `text` describes; gives the hash of its edition."""
        return self.past.outcome_of(lambda: self._scheme(text, *rubrics), "scheme", text, rubrics)

    def _scheme(self, text: str, *rubrics: str) -> str:
        found = read(text, *rubrics)
        (workflow,) = found.workflows.values()
        edition = store_workflow(workflow, found.rubrics)
        activate(workflow, edition, SYSTEM)
        return edition.hash

    def dossier(self, state: str = "draft", *, scheme: str = SHIPPED, level: float | None = None) -> Dossier:
        """A new file in `state`, of a new organisation that does as well as `level` says (0 to 1). Each state on
        its way is put back by itself, so that files part ways as late as they can."""
        start, usual, steps = (
            DETOURS.get(state, (state, WELL, ())) if scheme == SHIPPED else (state, WELL, ())
        )
        how_well = usual if level is None else level
        dossier: Dossier = self.past.outcome_of(partial(self._opened, scheme), "opened", scheme)
        while dossier.state != start:
            onward = partial(self._in_next_state, dossier, how_well)
            dossier = self.past.outcome_of(onward, "next state", dossier.pk, how_well)
        for step in steps:
            dossier = self.past.outcome_of(partial(self._taken, dossier, step), "taken", dossier.pk, step)
        assert dossier.state == state, f"the file came to '{dossier.state}' instead of '{state}'"
        return dossier

    def _opened(self, scheme: str) -> Dossier:
        return open_dossier(organisation=self.organisation(), scheme=scheme, by=self.applicant)

    def _in_next_state(self, dossier: Dossier, level: float) -> Dossier:
        before = dossier.state
        for _event in play(self.case(dossier, level=level)):
            if dossier.state != before:
                return dossier
        raise AssertionError(f"nobody takes the file further than '{before}'")

    def _taken(self, dossier: Dossier, step: str) -> Dossier:
        self.perform(dossier, step)
        return dossier

    def take_to(self, dossier: Dossier, state: str, *, level: float = WELL) -> list[Event]:
        """Play `dossier` on the straight road until it stands in `state`."""
        return list(play(self.case(dossier, level=level), until=state))

    def case(self, dossier: Dossier, *, level: float = WELL) -> Play:
        rubrics = compiled(dossier.edition_id).asked.values()
        ratings = {key: value for rubric in rubrics for key, value in invented_ratings(rubric, level)}
        return Play(dossier, self.cast, self.applicant, ratings, {}, comment="لأسباب الاختبار")

    def actor(self, subject: Any, transition: str, number: int = 0) -> User | Actor:
        """Somebody who plays the first role that may take `transition`: a reviewer who is assigned where
        reviews are at stake."""
        role = compiled(subject.edition_id).workflow.transitions[transition].by[0]
        return SYSTEM if role == SYSTEM_ROLE else self.person(role, number)

    def perform(self, subject: Any, transition: str, *, comment: str = "", **more: Any) -> Event:
        """Take the step as somebody who plays the part, with a comment where one is asked for."""
        needed = compiled(subject.edition_id).workflow.transitions[transition].comment == "required"
        comment = comment or ("لأسباب الاختبار" if needed else "")
        actor = self.actor(subject, transition)
        return perform(
            subject, transition, actor, comment=comment, **(signature(subject, transition, actor) | more)
        )


def signature(subject: Any, transition: str, actor: User | Actor) -> dict[str, Any]:
    """What `perform` is given beside, where the step is signed: {"data": ...} or nothing."""
    step = compiled(subject.edition_id).steps[transition]
    if not isinstance(actor, User) or SIGNED not in {each.name for each in step.guards}:
        return {}
    return {"data": signed(step, laid_before(subject), by=actor, name=actor.name, language="ar")}


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The shipped schemes are open and every role is played by somebody."""
    with watched(request, monkeypatch) as past:
        yield new_world(past)


def new_world(past: Past | None = None) -> World:
    past = past or Past.unknown()
    return World(*past.outcome_of(_people, "world"), past)


def _people() -> tuple[Cast, User, User]:
    """The shipped schemes are opened for them."""
    found = shipped()
    load_schemes(found.workflows.values(), found.rubrics, SYSTEM)
    applicant, stranger = (
        User.objects.create_user(f"{name}@tests.example", name=name) for name in ("applicant", "stranger")
    )
    return seed_cast(), applicant, stranger


@contextmanager
def later(**units: float) -> Iterator[None]:
    """Inside the block, that much time has passed: `later(days=31)`."""
    with time_machine.travel(timezone.now() + timedelta(**units)):
        yield


@contextmanager
def overdue(subject: Any) -> Iterator[None]:
    """Inside the block, the deadline of `subject` has passed, on whatever day its calendar put it."""
    with time_machine.travel(subject.deadline_at + timedelta(minutes=1)):
        yield


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run `jobs` in threads of their own, each with its own connection, and give what each returned or raised.

    For tests marked `django_db(transaction=True)`: others' threads do not see what a test has not committed.
    """
    outcomes: list[Any] = [None] * len(jobs)

    def run(number: int, job: Callable[[], Any]) -> None:
        try:
            outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=each, daemon=True) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "a thread still waits for a lock"
    return outcomes


def in_state(subject: Any) -> dict[str, Any]:
    """The state columns of `subject` as they stand in the database."""
    names = ("edition_id", "state", "state_seq", "entered_seq", "entered_at", "deadline_at")
    return dict(type(subject).objects.filter(pk=subject.pk).values(*names).get())
