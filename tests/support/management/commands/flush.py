"""Django empties the tables after each transactional test with `flush`, which the trail's triggers refuse."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from accreditation_engine.trail import protection


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with protection.lifted(connections[options["database"]]):
            super().handle(**options)
