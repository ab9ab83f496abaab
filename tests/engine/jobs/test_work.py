"""manage.py work: once, and how it goes."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from accreditation_engine.engine.jobs.models import PeriodicRun
from accreditation_engine.engine.jobs.periodic import jobs
from accreditation_engine.trail.models import Checkpoint, Key
from accreditation_engine.trail.transparency.keys import key_file
from tests.support.tasks import broken

pytestmark = pytest.mark.django_db(transaction=True)  # the worker looks after connections itself


@pytest.fixture(autouse=True)
def queue(settings: Settings, tmp_path: Path) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.KEYS_DIR = tmp_path / "keys"


def work(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("work", *arguments, stdout=out)
    except SystemExit as ended:
        return int(str(ended.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_site_without_a_worker_is_told_so() -> None:
    code, told = work("--status")
    assert code == 1
    assert told.count("late: no worker has begun it") == len(jobs())
    assert "0 tasks wait; 0 tasks run; 0 tasks have failed within a day" in told


def test_all_is_well_when_everything_has_run() -> None:
    code, told = work("--once")
    assert (code, told.count(" done")) == (0, len(jobs()))
    code, told = work("--status")
    assert (code, told.count("done at")) == (0, len(jobs()))
    code, told = work("--status", "--format", "json")
    document = json.loads(told)
    assert (code, document["ok"], document["tasks"]["waiting"]) == (0, True, 0)
    assert [each["name"] for each in document["periodic"]] == [job.name for job in jobs()]


def test_what_failed_is_told_with_its_reason_and_the_rest_has_run() -> None:
    work("--once")
    key_file(Key.objects.get()).unlink()
    PeriodicRun.objects.update(due_at=timezone.now())
    code, told = work("--once")
    assert code == 1
    assert "put it back from the backup" in told
    assert told.count(" done") == len(jobs()) - 1
    code, told = work("--status")
    assert code == 1
    assert "put it back from the backup" in told
    assert "Tried again at" in told


def test_a_failed_task_is_told() -> None:
    broken.enqueue()
    assert work("--once")[0] == 0
    code, told = work("--status")
    assert code == 1
    assert "1 task has failed within a day" in told
    assert "tests.support.tasks.broken" in told
    assert "ValueError" in told


def test_a_job_that_runs_is_told() -> None:
    PeriodicRun.objects.create(
        name="sweep",
        due_at=timezone.now(),
        started_at=timezone.now(),
        held_until=timezone.now() + timedelta(minutes=1),
    )
    assert "running since" in work("--status")[1]


def test_a_job_may_be_left_to_a_machine_that_has_the_key() -> None:
    assert work("--once", "--without", "checkpoint")[0] == 0
    assert not Checkpoint.objects.exists()


def test_a_job_that_does_not_exist_is_bad_input_in_the_language_asked_for() -> None:
    with pytest.raises(CommandError, match="checkpoint"):
        work("--without", "checkpoints")
    with pytest.raises(CommandError, match="لا توجد مهمة دورية"):
        work("--without", "checkpoints", "--language", "ar")
