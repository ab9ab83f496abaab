"""manage.py checkpoint: sign what the trail has come to."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.engine.accepting_loss import ADMINISTRATOR, accept_loss
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.registry import roles
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from accreditation_engine.trail.transparency.covering import TrailBroken
from accreditation_engine.written import kept_text


class Command(BaseCommand):
    help = (
        "Sign a checkpoint of all events so far and print it; the last one, where nothing has happened since."
        " The worker does this every hour."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accept-loss",
            action="store_true",
            help="sign on although less is here than was signed, as after an older backup was restored",
        )
        parser.add_argument("--by", metavar="EMAIL", default="", help="the administrator who answers for it")
        parser.add_argument("--reason", default="", help="why; it stays in the trail")
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accept_loss"]:
            self._accept_loss(options["by"], kept_text(options["reason"]))
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

    def _accept_loss(self, email: str, reason: str) -> None:
        unlike = unlike_text(reason, missing="comment_missing")
        if unlike:
            self.refuse_all(str(each) for each in unlike)
        administrator = roles[ADMINISTRATOR].holders("").filter(email=email).first()
        if administrator is None:
            self.refuse(_("No administrator of every scheme has this address; name one with --by."))
        try:
            if not accept_loss(by=administrator, role=ADMINISTRATOR, reason=reason):
                self.refuse(_("Nothing that was signed is missing; leave --accept-loss out."))
        except TrailBroken as error:
            self.stderr.write(str(error))
            self.fail()
