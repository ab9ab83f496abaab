"""The worker as a process, on the tests' own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as site
from django.db import connection
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accreditation_engine.engine.jobs import periodic as registered
from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.periodic import jobs, periodic
from accreditation_engine.engine.jobs.worker import Worker
from tests.support.tasks import broken, slow

pytestmark = pytest.mark.django_db(transaction=True)

START = 60.0
"""Seconds a process may take to start on a busy machine."""


@pytest.fixture(autouse=True)
def queue(settings: Settings, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.KEYS_DIR = tmp_path / "keys"


def environment(folder: Path) -> dict[str, str]:
    """Of a process that works on the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        url = f"sqlite:///{name}"
    else:
        url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    return {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "accreditation_engine.settings",
    }


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + START
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(site.BASE_DIR / "manage.py"), "work"]
    process = subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_what_runs_is_finished_when_the_worker_is_told_to_stop(
    worker: subprocess.Popen[str], tmp_path: Path, told: signal.Signals
) -> None:
    begun, ended, never = tmp_path / "begun", tmp_path / "ended", tmp_path / "never"
    slow.enqueue(str(begun), str(ended))
    slow.enqueue(str(never), str(never))
    until(begun.exists)
    worker.send_signal(told)
    printed, _nothing = worker.communicate(timeout=START)
    assert worker.returncode == 0, printed
    assert "Traceback" not in printed
    assert ended.exists()
    assert not never.exists()
    left = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=slow.module_path)
    assert left.count() == 1


def test_the_worker_ends_when_the_process_beside_it_was_killed(tmp_path: Path) -> None:
    manage = str(site.BASE_DIR / "manage.py")
    server = f"""
import os, subprocess, sys, time
process = subprocess.Popen([sys.executable, {manage!r}, "work", "--beside", str(os.getpid())])
print(process.pid, flush=True)
time.sleep(600)
"""
    beside = subprocess.Popen(
        [sys.executable, "-c", server], env=environment(tmp_path), stdout=subprocess.PIPE, text=True
    )
    assert beside.stdout is not None
    pid = int(beside.stdout.readline())
    until(lambda: PeriodicRun.objects.filter(finished_at__isnull=False).count() == len(jobs()))
    beside.kill()
    beside.communicate()
    until(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    """A process that has ended and that nobody has asked after is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_one_task_that_fails_stops_no_other(tmp_path: Path) -> None:
    broken.enqueue()
    slow.enqueue(str(tmp_path / "begun"), str(tmp_path / "ended"))
    Worker().round()
    assert (tmp_path / "ended").exists()
    assert DBTaskResult.objects.failed().get().exception_class_path == "builtins.ValueError"


def test_the_worker_goes_on_when_its_connection_breaks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(registered, "_jobs", {})
    ran: list[str] = []

    @periodic("a breaks", every=timedelta(seconds=0))
    def breaks() -> None:
        ran.append("a breaks")
        if len(ran) == 1:
            connection.connection.close()

    worker = Worker()
    assert worker.round() == []
    assert "the worker tries again" in caplog.text
    PeriodicRun.objects.update(held_until=None)
    assert worker.round() == [("a breaks", "")]
    assert ran == ["a breaks", "a breaks"]
