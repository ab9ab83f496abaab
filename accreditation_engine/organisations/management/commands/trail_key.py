"""manage.py trail_key: the keys that sign checkpoints of the trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.engine.acting import Actor, actor_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.organisations.acting_command import ActingCommand, role_of
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Key
from accreditation_engine.trail.transparency.keys import (
    key_file,
    origin,
    private_half,
    retire,
    rotate,
)
from accreditation_engine.trail.transparency.notes import verifier_key


class Command(ActingCommand):
    help = "List the keys that sign checkpoints of the trail; put another in place of the one that signs now."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument(
            "--rotate", action="store_true", help="make a key, and retire the one that signs now"
        )
        acts.add_argument(
            "--retire", action="store_true", help="retire the key that signs now, without another"
        )
        self.add_acting(parser)
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        acts = options["rotate"] or options["retire"]
        reason = self.reason_given(options, acts=acts, acting=["--rotate", "--retire"])
        if acts:
            self._act(self.who_acts(options), reason, successor=options["rotate"])
        keys = list(Key.objects.order_by("-made_at"))
        if options["format"] == "json":
            self.print_json([_document(key) for key in keys])
        else:
            self._print(keys)

    def _act(self, by: User | Actor, reason: str, *, successor: bool) -> None:
        role = role_of(by)
        try:
            if successor:
                rotate(by=actor_of(by), role=role, reason=reason)
            elif not retire(by=actor_of(by), role=role, reason=reason):
                self.refuse(_("No key signs now; there is nothing to retire."))
        except KeyUnusable as error:
            self.stderr.write(str(error))
            self.fail()

    def _print(self, keys: list[Key]) -> None:
        if not keys:
            self.stdout.write(_("There is no key yet; the first checkpoint makes one."))
        if keys and origin() != settings.TRAIL_ORIGIN:
            words = _(
                "The trail keeps the name %(name)s under which it has signed; the settings say %(other)s. Set"
            )
            facts = isolated({"name": origin(), "other": settings.TRAIL_ORIGIN})
            self.stdout.write(f"{words % facts} TRAIL_ORIGIN={origin()}")
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
