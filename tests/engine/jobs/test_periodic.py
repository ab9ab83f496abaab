"""Work that is due every so often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accreditation_engine.engine.jobs import periodic as registered
from accreditation_engine.engine.jobs.kept import (
    LONGEST_TASK,
    forget_old_results,
    forget_stale_sessions,
    give_up_tasks_left_behind,
    take_overdue_steps,
)
from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.periodic import HELD, claim, jobs, periodic, run_due
from accreditation_engine.trail.models import Checkpoint
from tests.support.world import TINY, World, at_once, in_state, later

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two jobs in place of the site's; what ran, in order."""
    monkeypatch.setattr(registered, "_jobs", {})
    done: list[str] = []

    @periodic("a breaks", every=HOUR)
    def breaks() -> None:
        done.append("a breaks")
        raise ValueError("the disk is full")

    @periodic("b works", every=HOUR)
    def works() -> None:
        done.append("b works")

    return done


def test_everything_runs_when_it_has_never_run(ran: list[str]) -> None:
    assert dict(run_due()) == {"a breaks": "ValueError: the disk is full", "b works": ""}
    assert ran == ["a breaks", "b works"]


def test_nothing_runs_when_nothing_is_due(ran: list[str], django_assert_num_queries: object) -> None:
    list(run_due())
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert list(run_due()) == []
    with time_machine.travel(timezone.now() + HOUR, tick=False):
        assert [name for name, _error in run_due()] == ["a breaks", "b works"]


def test_what_failed_is_kept_and_tried_again_soon(ran: list[str], caplog: pytest.LogCaptureFixture) -> None:
    list(run_due())
    assert "The periodic job a breaks failed" in caplog.text
    assert PeriodicRun.objects.get(pk="a breaks").error == "ValueError: the disk is full"
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert [name for name, _error in run_due()] == ["a breaks"]


def test_a_job_is_left_to_others_when_it_is_told_so(ran: list[str]) -> None:
    assert [name for name, _error in run_due(without=["a breaks"])] == ["b works"]


def test_no_further_job_begins_when_the_worker_stops(ran: list[str]) -> None:
    assert [name for name, _error in run_due(stopping=lambda: bool(ran))] == ["a breaks"]


def test_a_job_that_runs_is_not_begun_again_until_its_worker_counts_as_dead(ran: list[str]) -> None:
    _breaks, works = jobs()
    PeriodicRun.objects.create(name=works.name, due_at=timezone.now())
    assert claim(works)
    PeriodicRun.objects.update(due_at=timezone.now())
    assert claim(works) is None
    with time_machine.travel(timezone.now() + HELD, tick=False):
        assert claim(works)


def test_a_job_may_count_as_dead_sooner(ran: list[str]) -> None:
    _breaks, works = jobs()
    short = replace(works, held=timedelta(minutes=5))
    PeriodicRun.objects.create(name=works.name, due_at=timezone.now())
    assert claim(short)
    PeriodicRun.objects.update(due_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(minutes=4), tick=False):
        assert claim(short) is None
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert claim(short)


def test_a_run_that_counted_as_dead_takes_nothing_from_its_successor(ran: list[str]) -> None:
    _breaks, works = jobs()
    PeriodicRun.objects.create(name=works.name, due_at=timezone.now())
    began = claim(works)
    with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
        claim(works)
    assert began
    registered._finish(works, began, "")
    assert PeriodicRun.objects.get().held_until is not None


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_one_runs_a_job(ran: list[str]) -> None:
    _breaks, works = jobs()
    PeriodicRun.objects.create(name=works.name, due_at=timezone.now())
    together = Barrier(4)

    def worker() -> bool:
        together.wait()
        return claim(works) is not None

    assert sorted(at_once(*[worker] * 4)) == [False, False, False, True]


def test_the_site_has_its_deadlines_its_checkpoints_and_its_cleaning_done() -> None:
    assert {job.name: job.every for job in jobs()}.items() >= {
        "sweep": timedelta(minutes=5),
        "checkpoint": timedelta(hours=1),
        "stale sessions": timedelta(days=1),
        "old task results": timedelta(days=1),
        "tasks left behind": HOUR,
        "statistics": timedelta(hours=6),
    }.items()


def test_a_checkpoint_is_made_every_hour_in_which_something_happened(
    world: World, settings: object, tmp_path: object
) -> None:
    settings.KEYS_DIR = tmp_path  # type: ignore[attr-defined]
    world.dossier()
    for hours, made in ((0, 1), (1.1, 1), (2.2, 2)):
        with time_machine.travel(timezone.now() + hours * HOUR, tick=False):
            if made == 2:
                world.scheme(TINY)
            assert dict(run_due())["checkpoint"] == ""
        assert Checkpoint.objects.count() == made


def test_overdue_steps_are_taken(world: World) -> None:
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")
    with later(days=31):
        take_overdue_steps()
    assert in_state(dossier)["state"] == "lapsed"


def test_stale_sessions_are_forgotten() -> None:
    for age in (-1, 1):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(days=age))
        session.save()
    forget_stale_sessions()
    assert Session.objects.count() == 1


def test_tasks_are_forgotten_when_they_have_done_their_work() -> None:
    for status, days in (("SUCCESSFUL", 0), ("SUCCESSFUL", 2), ("FAILED", 2), ("FAILED", 31), ("READY", 31)):
        DBTaskResult.objects.create(
            status=status,
            finished_at=timezone.now() - timedelta(days=days),
            args_kwargs={"args": [], "kwargs": {}},
            task_path=f"{status} {days}",
            backend_name="default",
        )
    forget_old_results()
    left = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert left == {"SUCCESSFUL 0", "FAILED 2", "READY 31"}


def test_task_that_a_killed_worker_left_is_given_up_and_one_that_runs_is_not() -> None:
    now = timezone.now()
    left, runs = (
        DBTaskResult.objects.create(
            status="RUNNING",
            started_at=at,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="some.task",
            backend_name="default",
            run_after=now,
        )
        for at in (now - LONGEST_TASK, now)
    )
    give_up_tasks_left_behind()
    left.refresh_from_db()
    runs.refresh_from_db()
    assert (left.status, runs.status) == ("FAILED", "RUNNING")
    assert left.finished_at
