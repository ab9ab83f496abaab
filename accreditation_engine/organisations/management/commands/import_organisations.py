"""manage.py import_organisations FILE: organisations from a table, or what would become of them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import SYSTEM, SYSTEM_ROLE
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.importing.planning import Planned, What, plan
from accreditation_engine.organisations.importing.rows import Row, rows_of
from accreditation_engine.organisations.importing.sheets import LARGEST, Table, table_in
from accreditation_engine.organisations.importing.taking_in import AT_ONCE, take_in
from accreditation_engine.organisations.importing.words import notes


class Command(BaseCommand):
    help = (
        "Register the organisations of a table (xlsx, csv), and change those that are known by their registration"
        " numbers. Rows with which something is wrong are named and passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, help="a table (.xlsx, .csv) with a registration number in each row"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done with each row")
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        table = self._table(options["file"])
        rows = rows_of(table)
        done = plan(rows) if options["dry_run"] else self._taken_in(rows)
        counts = Counter(each.what.value for each in done)
        if options["format"] == "json":
            self.print_json(_as_json(done, counts, table))
        else:
            self._say(done, counts, table, dry=options["dry_run"])
        if counts[What.WRONG]:
            self.fail()

    def _table(self, path: Path) -> Table:
        try:
            with path.open("rb") as file:
                return table_in(file.read(LARGEST + 1), name=path.name)
        except OSError as error:
            words = _("%(file)s: cannot be read: %(why)s")
            self.refuse(words % isolated({"file": str(path), "why": error.strerror or str(error)}))
        except Refused as refused:
            self.refuse(f"{isolate(str(path))}: {refused}")

    def _taken_in(self, rows: list[Row]) -> list[Planned]:
        done: list[Planned] = []
        for start in range(0, len(rows), AT_ONCE):
            done += take_in(rows[start : start + AT_ONCE], by=SYSTEM, role=SYSTEM_ROLE)
            if sys.stderr.isatty():
                self.stderr.write(f"{len(done)}/{len(rows)}", ending="\r")
        return done

    def _say(self, done: list[Planned], counts: Counter[str], table: Table, *, dry: bool) -> None:
        for each in notes(table):
            self.stdout.write(each)
        for row in done:
            for reason in row.reasons:
                said = {"row": row.row.line, "reason": str(reason)}
                self.stdout.write(_("Row %(row)d: %(reason)s") % said)
        words = (
            _(
                "It would do: %(new)d new, %(changed)d changed, %(known)d known and unchanged, %(wrong)d wrong."
            )
            if dry
            else _("Done: %(new)d new, %(changed)d changed, %(known)d known and unchanged, %(wrong)d wrong.")
        )
        self.stdout.write(words % {what: counts[what] for what in What.values})


def _as_json(done: list[Planned], counts: Counter[str], table: Table) -> dict[str, Any]:
    return {
        **{what: counts[what] for what in What.values},
        "notes": list(notes(table)),
        "rows": [
            {
                "row": each.row.line,
                "what": each.what.value,
                "registration_number": each.row.number,
                "before": each.before,
                "after": each.after,
                "reasons": [str(reason) for reason in each.reasons],
            }
            for each in done
        ],
    }
