"""manage.py checkpoint: sign what the trail has come to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.covering import TrailBroken
from accreditation_engine.trail.transparency.keys import KeyUnusable


class Command(BaseCommand):
    help = (
        "Sign a checkpoint of all events so far and print it; the last one, where nothing has happened since."
        " The worker does this every hour."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checkpoint = make_checkpoint()
        except (KeyUnusable, TrailBroken) as error:
            self.stderr.write(str(error))
            self.fail()
        if options["format"] == "json":
            self.print_json(
                {
                    "size": checkpoint.size,
                    "root": checkpoint.root,
                    "at": checkpoint.at.isoformat(),
                    "key": checkpoint.key.public,
                    "note": checkpoint.note,
                }
            )
        else:
            self.stdout.write(checkpoint.note, ending="")
