"""What benchmarks.trail has done, in a process of its own: tasks come in a line each, results go out as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from statistics import median
from typing import Any
from uuid import UUID, uuid4

EVENTS_A_STREAM = 25
STREAMS_AT_ONCE = 2000
PEOPLE = 50
IN_MEMORY = 200_000


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    for line in sys.stdin:
        task, _, number = line.strip().partition(" ")
        if task == "end":
            return
        print(json.dumps(TASKS[task](int(number))), flush=True)


def fill(events: int) -> int:
    """Streams of 25 events each, as a dossier has them; a comment beside every fifth."""
    from django.db import connection, transaction

    from accreditation_engine.trail.append import append_to, lock_heads
    from accreditation_engine.trail.transparency.checkpoints import make_checkpoint

    people = [_person(number) for number in range(PEOPLE)]
    streams = [uuid4() for _ in range(events // EVENTS_A_STREAM)]
    for start in range(0, len(streams), STREAMS_AT_ONCE):
        some = streams[start : start + STREAMS_AT_ONCE]
        for step in range(EVENTS_A_STREAM):
            with transaction.atomic():
                entries = [_entry(each, people[(n + step) % PEOPLE], step) for n, each in enumerate(some)]
                append_to(lock_heads(some), entries)
    size = make_checkpoint().size
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return size


def append(count: int) -> float:
    """Seconds that one event took, each in a transaction of its own, to streams that are there already."""
    from accreditation_engine.trail.append import append as append_one
    from accreditation_engine.trail.models import Head

    streams = list(Head.objects.order_by("stream").values_list("stream", flat=True)[:100])
    somebody = _person(0)
    spent = []
    for number in range(count):
        entry = _entry(streams[number % len(streams)], somebody, number)
        began = time.perf_counter()
        append_one(entry)
        spent.append(time.perf_counter() - began)
    return median(spent)


def checkpoint(_: int) -> float:
    from accreditation_engine.trail.append import append as append_one
    from accreditation_engine.trail.transparency.checkpoints import make_checkpoint

    make_checkpoint()
    append_one(_entry(uuid4(), _person(0), 0))
    began = time.perf_counter()
    make_checkpoint()
    return time.perf_counter() - began


def verify(_: int) -> dict[str, float]:
    """Seconds for hashing alone, from the database and from memory, and for verifying."""
    hashing = _timed(_hash_all)
    bodies = [body for _, body in zip(range(IN_MEMORY), _bodies(), strict=False)]
    in_memory = _timed(lambda: [sha256(each).hexdigest() for each in bodies]) / len(bodies)
    return {
        "hashing": hashing,
        "in_memory": in_memory * _count(),
        "alone": _timed(lambda: _nothing_wrong(1)),
        "shared": _timed(lambda: _nothing_wrong(None)),
    }


def memory(_: int) -> float:
    """MiB of the largest process while verifying, this one or one that it started."""
    _nothing_wrong(None)
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )


def version(_: int) -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return f"{connection.display_name} {cursor.fetchone()[0]}"


TASKS: dict[str, Any] = {
    "fill": fill,
    "append": append,
    "checkpoint": checkpoint,
    "verify": verify,
    "memory": memory,
    "version": version,
}


def _person(number: int) -> Any:
    from accreditation_engine.trail.content import Actor
    from accreditation_engine.trail.names import remember

    person = uuid4()
    return Actor(person, remember(person, f"شخص رقم {number}"))


def _entry(stream: UUID, actor: Any, step: int) -> Any:
    from accreditation_engine.trail.content import Entry

    return Entry(
        stream=stream,
        kind="transition",
        actor=actor,
        role="reviewer",
        edition="e" * 64,
        transition="send_review",
        source="in_review",
        target="in_review",
        comment="تعليق قصير" if step % 5 == 0 else "",
        data={"judged": {"ratings": "b" * 64, "answers": "c" * 64, "evidence_count": 12}, "note": "مرحبا"},
    )


def _bodies() -> Iterator[bytes]:
    """Read as verification reads: in the order of streams, some at a time."""
    from django.db import connection

    from accreditation_engine.trail.stored import AT_ONCE

    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT body FROM trail_event ORDER BY stream, seq")
        while found := cursor.fetchmany(AT_ONCE):
            for (body,) in found:
                yield body


def _hash_all() -> None:
    for body in _bodies():
        sha256(body).hexdigest()


def _count() -> int:
    from accreditation_engine.trail.models import Event

    return Event.objects.count()


def _nothing_wrong(processes: int | None) -> None:
    from accreditation_engine.trail.verification import verify as verify_trail

    for problem in verify_trail(processes=processes):
        raise AssertionError(problem)


def _timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
