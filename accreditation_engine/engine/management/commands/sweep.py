"""manage.py sweep: take the transitions whose deadline has passed."""

from __future__ import annotations

from typing import Any

from accreditation_engine.engine.clock import ClockDoubted, require_clock
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import Result


class Command(BaseCommand):
    help = "Take every transition whose deadline has passed, now. The worker does it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            require_clock()
        except ClockDoubted as doubted:
            self.stderr.write(str(doubted))
            self.fail()
        result = Result()
        for each in sweep():
            result.add(each)
        for stream, reasons in result.refused.items():
            self.stderr.write(f"{stream}: {' '.join(str(reason) for reason in reasons)}")
        for stream, error in result.failed.items():
            self.stderr.write(f"{stream}: {' '.join(f'{type(error).__name__} {error}'.split())}")
        self.stdout.write(f"{len(result.events)} moved on.")
        if result.refused or result.failed:
            self.fail()
