"""How far a verification has come, for somebody who watches a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from accreditation_engine.trail.models import Event
from accreditation_engine.trail.problems import Tally


class _Following(Progress):
    """Asks the tally each time it draws itself, so that nothing in the verification has to know of it."""

    tally = Tally()

    def get_renderables(self) -> Iterable[RenderableType]:
        tally = self.tally
        told = f", {tally.told} told again" if tally.told else ""
        files = f", {tally.files} files read" if tally.files else ""
        for each in self.task_ids:
            self.update(each, completed=tally.events or tally.told, description=f"verifying{told}{files}")
        return super().get_renderables()


@contextmanager
def progress_bar(tally: Tally) -> Iterator[None]:
    """Inside the block a bar on the standard error stream follows `tally`, of all events. It vanishes at the end,
    and is not there at all where nobody watches. One query where it is."""
    if not sys.stderr.isatty():
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with _Following(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        bar.tally = tally
        bar.add_task("verifying", total=Event.objects.count())
        yield
