"""manage.py trail_key: the keys that sign checkpoints of the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.trail.models import Key
from accreditation_engine.trail.transparency.keys import KeyUnusable, key_file, private_half, retire, rotate
from accreditation_engine.trail.transparency.notes import verifier_key
from accreditation_engine.written import kept_text


class Command(BaseCommand):
    help = "List the keys that sign checkpoints of the trail; put another in place of the one that signs now."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument(
            "--rotate", action="store_true", help="make a key, and retire the one that signs now"
        )
        acts.add_argument(
            "--retire", action="store_true", help="retire the key that signs now, without another"
        )
        parser.add_argument("--reason", default="", help="why; it stays in the trail")
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        acts, reason = options["rotate"] or options["retire"], kept_text(options["reason"])
        if acts and not reason:
            self.refuse(_("Say why, with --reason; it stays in the trail."))
        if reason and not acts:
            self.refuse(_("A reason is for --rotate or --retire."))
        unlike = unlike_text(reason)
        if unlike:
            self.refuse_all(str(each) for each in unlike)
        if acts:
            self._act(reason, successor=options["rotate"])
        keys = list(Key.objects.order_by("-made_at"))
        if options["format"] == "json":
            self.print_json([_document(key) for key in keys])
        else:
            self._print(keys)

    def _act(self, reason: str, *, successor: bool) -> None:
        try:
            if successor:
                rotate(reason=reason)
            elif not retire(reason=reason):
                self.refuse(_("No key signs now; there is nothing to retire."))
        except KeyUnusable as error:
            self.stderr.write(str(error))
            self.fail()

    def _print(self, keys: list[Key]) -> None:
        if not keys:
            self.stdout.write(_("There is no key yet; the first checkpoint makes one."))
        for key in keys:
            self.stdout.write(verifier_key(key.name, bytes.fromhex(key.public)))
            self.stdout.write(f"  {_life(key)}")
            self.stdout.write(f"  {_unusable(key) or key_file(key)}")


def _life(key: Key) -> str:
    words = isolated({"made": _moment(key.made_at), "retired": _moment(key.retired_at)})
    if key.retired_at is None:
        return _("signs since %(made)s") % words
    return _("signed from %(made)s to %(retired)s") % words


def _unusable(key: Key) -> str:
    try:
        private_half(key)
    except KeyUnusable as error:
        return str(error)
    return ""


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _document(key: Key) -> dict[str, Any]:
    return {
        "key": key.public,
        "name": key.name,
        "verifier_key": verifier_key(key.name, bytes.fromhex(key.public)),
        "made": key.made_at.isoformat(),
        "retired": key.retired_at.isoformat() if key.retired_at else None,
        "file": str(key_file(key)),
        "usable": not _unusable(key),
    }
