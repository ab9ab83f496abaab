"""manage.py sweep: take the transitions whose deadline has passed."""

from __future__ import annotations

from typing import Any

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.deadlines import sweep


class Command(BaseCommand):
    help = "Take every transition whose deadline has passed. Run it often: from cron, every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        results = sweep()
        moved = sum(len(each.events) for each in results)
        for result in results:
            for stream, reasons in result.refused.items():
                self.stderr.write(f"{stream}: {' '.join(str(reason) for reason in reasons)}")
        self.stdout.write(f"{moved} moved on.")
