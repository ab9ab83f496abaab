"""manage.py work: the worker beside the site."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.jobs.periodic import jobs
from accreditation_engine.engine.jobs.status import (
    Backlog,
    JobStatus,
    TaskStatus,
    backlogs,
    job_statuses,
    task_status,
)
from accreditation_engine.engine.jobs.worker import Worker


class Command(BaseCommand):
    help = (
        "Run what is due every so often (deadlines, checkpoints ...) and the tasks that wait, until told to stop"
        " (SIGTERM, Ctrl-C). As many workers as you like may run, on any machines."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = [job.name for job in jobs()]
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--status", action="store_true", help="say how the work goes; 1 when it does not")
        parser.add_argument(
            "--without",
            action="append",
            default=[],
            metavar="JOB",
            help=f"leave this periodic job to other workers: {', '.join(names)}",
        )
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end with this process, which started the worker"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self._know(options["without"])
        if options["status"]:
            self._tell(options["format"])
            return
        worker = Worker(without=options["without"], beside=options["beside"])
        if options["once"]:
            self._end_with(worker.round())
            return
        worker.run()

    def _know(self, names: list[str]) -> None:
        known = [job.name for job in jobs()]
        for name in names:
            if name not in known:
                values = {"name": name, "known": _(", ").join(known)}
                self.refuse(_("There is no periodic job %(name)s; there are: %(known)s") % isolated(values))

    def _end_with(self, ran: list[tuple[str, str]]) -> None:
        for name, error in ran:
            self.stdout.write(_line(name, error or _("done")))
        if any(error for _name, error in ran):
            self.fail()

    def _tell(self, form: str) -> None:
        statuses, tasks, waiting = job_statuses(), task_status(), backlogs()
        if form == "json":
            self.print_json(_document(statuses, tasks, waiting))
        else:
            for each in statuses:
                self.stdout.write(_line(each.job.name, _in_words(each)))
            self.stdout.write(_tasks_in_words(tasks))
            for path, at, error in tasks.failures:
                self.stdout.write(f"  {_moment(at)}  {path}  {error}")
            for name, each_waiting in waiting.items():
                self.stdout.write(_line(name, each_waiting.sentence))
        if _something_is_wrong(statuses, tasks, waiting):
            self.fail()


def _something_is_wrong(statuses: list[JobStatus], tasks: TaskStatus, waiting: dict[str, Backlog]) -> bool:
    jobs_are = any(each.late or each.error for each in statuses)
    return bool(tasks.failed) or jobs_are or any(each.wrong for each in waiting.values())


def _line(name: str, words: str) -> str:
    return f"{name:<18} {words}"


def _in_words(status: JobStatus) -> str:
    if status.late:
        return _("late: no worker has begun it. Start one with manage.py work")
    if status.running:
        return _("running since %(moment)s") % isolated({"moment": _moment(status.began)})
    values = isolated(
        {"ended": _moment(status.ended), "due": _moment(status.due), "error": " ".join(status.error.split())}
    )
    if status.error:
        return _("failed at %(ended)s: %(error)s. Tried again at %(due)s") % values
    return _("done at %(ended)s, due again at %(due)s") % values


def _tasks_in_words(tasks: TaskStatus) -> str:
    return _("; ").join(
        [
            ngettext("%(count)d task waits", "%(count)d tasks wait", tasks.waiting)
            % {"count": tasks.waiting},
            ngettext("%(count)d task runs", "%(count)d tasks run", tasks.running) % {"count": tasks.running},
            ngettext(
                "%(count)d task has failed within a day",
                "%(count)d tasks have failed within a day",
                tasks.failed,
            )
            % {"count": tasks.failed},
        ]
    )


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else "-"


def _document(statuses: list[JobStatus], tasks: TaskStatus, waiting: dict[str, Backlog]) -> dict[str, Any]:
    return {
        "ok": not _something_is_wrong(statuses, tasks, waiting),
        "waiting": {name: {"wrong": each.wrong, **each.counts} for name, each in waiting.items()},
        "periodic": [
            {
                "name": each.job.name,
                "every_seconds": int(each.job.every.total_seconds()),
                "began": _iso(each.began),
                "ended": _iso(each.ended),
                "due": _iso(each.due),
                "running": each.running,
                "late": each.late,
                "error": each.error,
            }
            for each in statuses
        ],
        "tasks": {
            "waiting": tasks.waiting,
            "running": tasks.running,
            "failed": tasks.failed,
            "failures": [
                {"task": path, "at": _iso(at), "error": error} for path, at, error in tasks.failures
            ],
        },
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
