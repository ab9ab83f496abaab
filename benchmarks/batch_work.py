"""What benchmarks.batch measures: workers beside the site finish certificates that were issued together, while
one of them is killed and one certificate cannot be finished.

    python -m benchmarks.batch_work CERTIFICATES WORKERS FILE
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parent.parent
EVERY = 1.0
"""Seconds between looks."""
KILLED_AT, MEMORY_FROM = 0.3, 0.2
"""Parts of the batch: when a worker is killed, and from when on its memory should not grow any more."""
GIVEN_UP_AFTER = 3_600


@dataclass
class Watched:
    """A worker: its process, and what it held in memory (MB) at each look."""

    process: subprocess.Popen[bytes]
    memory: list[tuple[int, float]] = field(default_factory=list)

    def look(self, made: int) -> None:
        status = Path(f"/proc/{self.process.pid}/status")
        lines = [each for each in status.read_text().splitlines() if each.startswith("VmRSS")]
        if lines:
            self.memory.append((made, int(lines[0].split()[1]) / 1024))


def main(certificates: int, workers: int) -> dict[str, Any]:
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    poisoned = _issued(certificates)
    connection.close()
    return {"database": connection.vendor, "workers": workers, **_finished(certificates, workers, poisoned)}


def _issued(count: int) -> str:
    """So many at once, as a panel grants them; the number of one of which the basis is no longer as it was."""
    from accreditation_engine.certificates.models import Certificate
    from accreditation_engine.engine.perform import perform_many
    from accreditation_engine.reviews.models import Rating
    from tests.support.small import reviewed, small_scheme
    from tests.support.world import new_world

    world = new_world()
    small_scheme(world)
    began = time.monotonic()
    files = [reviewed(world, ("4", "4", "3")) for _number in range(count)]
    print(f"{count} files reviewed in {time.monotonic() - began:.0f} s", flush=True)
    assert not perform_many(files, "grant", world.person("panel")).refused
    found = Certificate.objects.select_related("dossier").order_by("number")[count // 2]
    Rating.objects.filter(assignment__dossier=found.dossier, criterion="a-1").update(value="1")
    return found.number


def _finished(count: int, workers: int, poisoned: str) -> dict[str, Any]:
    from accreditation_engine.certificates.models import Paper

    began, killed_at, seen, gone = time.monotonic(), None, _Page(), []
    with _several(workers) as beside:
        while (made := Paper.objects.count()) < count - 1:
            if not int(time.monotonic() - began) % 30:
                print(f"{made} of {count} after {time.monotonic() - began:.0f} s", flush=True)
            for each in beside:
                each.look(made)
            seen.look()
            if killed_at is None and made >= KILLED_AT * count:
                killed_at = made
                gone.append(beside.pop(0))
                gone[0].process.kill()
                gone[0].process.wait()
                beside.append(Watched(_worker()))
            assert time.monotonic() - began < GIVEN_UP_AFTER, f"{made} of {count} after an hour"
            time.sleep(EVERY)
    seconds = time.monotonic() - began
    return {
        "seconds": round(seconds, 1),
        "a_second": round((count - 1) / seconds, 2),
        "killed_at": killed_at,
        "memory": [_memory(each, count) for each in (*gone, *beside)],
        "progress": seen.said,
        **_left(poisoned),
    }


def _left(poisoned: str) -> dict[str, Any]:
    """What is wrong with what was made: nothing, but for the one that waits."""
    from accreditation_engine.certificates.finished.finishing import waiting
    from accreditation_engine.certificates.finished.keeping import file_of
    from accreditation_engine.certificates.keys.keeping import roots
    from accreditation_engine.certificates.models import Paper
    from accreditation_engine.certificates.signing.judging import judged
    from accreditation_engine.engine.verification import verify_all

    assert [each.number for each in waiting()] == [poisoned]
    anchors = roots()
    papers = Paper.objects.order_by("place")[::10]
    assert {judged(file_of(each), anchors).verdict for each in papers} == {"holds"}
    wrong = [each.detail for each in verify_all(contents=True)]
    assert len(wrong) == len([each for each in wrong if "rating" in each or "sheet" in each]) == 3, wrong
    return {"waits": poisoned}


class _Page:
    """What the page of papers says, each time it says another thing."""

    def __init__(self) -> None:
        from django.test import Client

        from accreditation_engine.organisations.models import User

        self.said: list[str] = []
        self._client = Client(HTTP_HOST="127.0.0.1")
        self._client.force_login(
            User.objects.filter(grants__role="coordinator").first(),
            backend="django.contrib.auth.backends.ModelBackend",
        )

    def look(self) -> None:
        from accreditation_engine.certificates.finished.standing import progress

        found = progress()
        assert self._client.get("/papers/").status_code == 200
        said = f"{found.made} of {found.issued}"
        if said not in self.said[-1:]:
            self.said.append(said)


def _memory(worker: Watched, count: int) -> dict[str, Any]:
    """The highest once it had made some, and how much it grew from then to its end."""
    later = [held for made, held in worker.memory if made >= MEMORY_FROM * count]
    if not later:
        return {"highest_mb": None, "grew_mb": None}
    half = max(1, len(later) // 4)
    first, last = sum(later[:half]) / half, sum(later[-half:]) / half
    return {"highest_mb": round(max(later), 1), "grew_mb": round(last - first, 1)}


@contextmanager
def _several(count: int) -> Iterator[list[Watched]]:
    workers = [Watched(_worker()) for _number in range(count)]
    try:
        yield workers
    finally:
        for each in workers:
            each.process.terminate()
        for each in workers:
            each.process.wait(timeout=120)


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "work"], cwd=ROOT, env=os.environ, stderr=subprocess.DEVNULL
    )


if __name__ == "__main__":
    *numbers, path = sys.argv[1:]
    found = main(*map(int, numbers))
    Path(path).write_text(json.dumps(found))
