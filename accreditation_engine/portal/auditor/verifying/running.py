"""Asking for a verification of the whole trail, and running it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks import task

from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.recording import record
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import User
from accreditation_engine.portal.auditor.looks import LOOKED
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Problem, Tally
from accreditation_engine.trail.protection import missing
from accreditation_engine.trail.transparency.checkpoints import latest

from .models import VerificationRun

log = logging.getLogger(__name__)
KEPT = 100
"""Of what is found, so many problems are kept; all are counted."""
TELL_EVERY = 1.0  # seconds
SIGNS_OF_LIFE = timedelta(minutes=5)
"""A run that gave none for so long has died with its process."""
STOPPED = "stopped"


def start(person: User) -> tuple[VerificationRun, bool]:
    """The run that is open now, and whether it is a new one. A run still waiting is handed to the worker once
    more: whichever task comes first runs it, the others find nothing to do."""
    _give_up_the_dead()
    run, new = _open_run(person)
    if run.begun_at is None:
        verify_whole_trail.enqueue(run.pk)
        run.refresh_from_db()
    return run, new


def _open_run(person: User) -> tuple[VerificationRun, bool]:
    try:
        with transaction.atomic():
            return VerificationRun.objects.create(asked_by=person, asked_at=timezone.now()), True
    except IntegrityError:
        return VerificationRun.objects.get(open=True), False


def _give_up_the_dead() -> None:
    now = timezone.now()
    VerificationRun.objects.filter(open=True, seen_at__lt=now - SIGNS_OF_LIFE).update(
        open=False, ended_at=now, error=STOPPED
    )


def is_dead(run: VerificationRun) -> bool:
    """Whether the process that ran it is gone: the next one who asks for a verification gives it up."""
    return run.open and run.seen_at is not None and run.seen_at < timezone.now() - SIGNS_OF_LIFE


@task
def verify_whole_trail(pk: int) -> None:
    """Run it, unless somebody else does or has."""
    now = timezone.now()
    mine = VerificationRun.objects.filter(pk=pk, open=True, begun_at=None)
    if mine.update(begun_at=now, seen_at=now, total=Event.objects.count()):
        _run(pk)


def _run(pk: int) -> None:
    row = VerificationRun.objects.filter(pk=pk, open=True)
    tally = Tally()
    ended: dict[str, Any] = {"open": False}
    try:
        with told_meanwhile(row, tally):
            ended |= _verified(tally)
    except Exception as error:
        log.exception("The verification of the whole trail broke off")
        ended["error"] = type(error).__name__
    with transaction.atomic():
        row.update(events=tally.events, streams=tally.streams, ended_at=timezone.now(), **ended)
        _write_down(VerificationRun.objects.get(pk=pk))


def _write_down(run: VerificationRun) -> None:
    """What came of it, in the stream of whoever asked, so that it stands although rows can be changed. The site
    says so: whoever asked may not be an auditor any more."""
    if run.asked_by_id is None:
        return
    last = latest()
    came_of_it = {
        "run": str(run.pk),
        "events": str(run.events),
        "problems": str(run.found + len(run.unprotected)),
        "broke_off": run.error,
        "size": str(last.size) if last else "",
        "root": last.root if last else "",
    }
    asked = {name: value for name, value in came_of_it.items() if value}
    data = {"page": "verification_result", "dossier": None, "asked": asked}
    record(run.asked_by_id, LOOKED, SYSTEM, role=SYSTEM_ROLE, data=data)


def _verified(tally: Tally) -> dict[str, Any]:
    kept, found = [], 0
    for each in verify_all(tally=tally):
        found += 1
        if found <= KEPT:
            kept.append(_as_json(each))
    return {"found": found, "problems": kept, "unprotected": missing(connection)}


def _as_json(each: Problem) -> list[Any]:
    return [str(each.stream), each.seq, each.code, each.detail]


@contextmanager
def told_meanwhile(row: Any, tally: Tally) -> Iterator[None]:
    """Inside the block another thread writes down every second how far `tally` has come. Inside a transaction,
    which others cannot look into, nobody would see it."""
    if connection.in_atomic_block:
        yield
        return
    done = Signal()
    teller = Thread(target=_tell, args=(row, tally, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(row: Any, tally: Tally, done: Signal) -> None:
    while not done.wait(TELL_EVERY):
        try:
            row.update(seen_at=timezone.now(), events=tally.events, streams=tally.streams)
        except Error:
            log.warning("How far the verification has come could not be written down", exc_info=True)
    connection.close()


def remaining(run: VerificationRun, now: datetime) -> timedelta | None:
    """How long recomputing the rest of the events will take if it goes on as so far; None where nobody knows."""
    if run.begun_at is None or not 0 < run.events < run.total:
        return None
    return (now - run.begun_at) * ((run.total - run.events) / run.events)
