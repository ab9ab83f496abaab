"""The worker: a process beside the site that runs periodic jobs and queued tasks until it is told to stop."""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db import Error, close_old_connections, connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker

from .periodic import run_due
from .worker_seen import worker_is_needed

log = logging.getLogger(__name__)
PAUSE = 2.0
"""Seconds between looks at what there is to do."""
GLANCE = 0.2
"""Seconds after which a pause that is no longer wanted ends."""
TASKS_A_ROUND = 20
"""So many tasks are run before periodic jobs have their turn again."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Worker:
    """`without` names periodic jobs that are left to other workers; `beside` is the process that started this
    one, whose end is this one's end as well. What runs when it is told to stop is finished first."""

    def __init__(self, *, without: Collection[str] = (), beside: int | None = None) -> None:
        self._without = without
        self._beside = beside
        self._name = get_random_string(32)
        self._told_to_stop = False
        self._tasks: TaskWorker | None = None

    def run(self) -> None:
        with self._listening():
            while not self._stopping():
                self.round()
                self._rest()

    def round(self) -> list[tuple[str, str]]:
        """All that is due now; gives the periodic jobs that ran, as `run_due`. A database that is away for a
        moment ends nothing."""
        close_old_connections()
        ran: list[tuple[str, str]] = []
        try:
            ran = list(run_due(without=self._without, stopping=self._stopping))
            if not self._stopping():
                self._run_tasks()
        except Error:
            log.exception("The database did not answer as it should; the worker tries again")
            connections.close_all()
        close_old_connections()
        return ran

    def _run_tasks(self) -> None:
        """Without the database's queue, tasks have been run where they were called."""
        if not worker_is_needed():
            return
        self._tasks = TaskWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=GLANCE,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_A_ROUND,
            worker_id=self._name,
        )
        self._tasks.running = not self._told_to_stop
        self._tasks.run()

    def _rest(self) -> None:
        until = time.monotonic() + PAUSE
        while time.monotonic() < until and not self._stopping():
            time.sleep(GLANCE)

    def _stopping(self) -> bool:
        return self._told_to_stop or (self._beside is not None and os.getppid() != self._beside)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True
        if self._tasks is not None:
            self._tasks.running = False

    @contextmanager
    def _listening(self) -> Iterator[None]:
        before = {each: signal.signal(each, self._stop) for each in SIGNALS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)
