"""manage.py signing_keys: the keys that sign credentials and papers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.keys.bringing import credential_key_in, paper_key_in
from accreditation_engine.certificates.keys.files import key_file, must_be_usable, token_place
from accreditation_engine.certificates.keys.keeping import bring, every, retire, rotate
from accreditation_engine.certificates.keys.models import CREDENTIAL, PAPER, USES, SigningKey
from accreditation_engine.certificates.tokens.failures import named
from accreditation_engine.certificates.tokens.place import describes_a_place
from accreditation_engine.engine.acting import Actor, actor_of
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.organisations.acting_command import ActingCommand, role_of
from accreditation_engine.organisations.models import User


class Command(ActingCommand):
    help = (
        "List the keys that sign credentials and papers of certificates; put another in place of the one that"
        " signs now, made here or brought along."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--use", choices=USES, help="which keys; all when left out")
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument(
            "--rotate", action="store_true", help="make a key, and retire the one that signs now"
        )
        acts.add_argument(
            "--retire", action="store_true", help="retire the key that signs now, without another"
        )
        acts.add_argument(
            "--import",
            dest="bring",
            type=Path,
            metavar="FILE",
            help=(
                "take the body's own key: for papers (PEM: a P-256 key, then its certificates up to the root), or"
                " one that lies in a token (TOML, with --use paper or credential; docs/deploy.md)"
            ),
        )
        self.add_acting(parser)
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        acts = bool(options["rotate"] or options["retire"] or options["bring"])
        reason = self.reason_given(options, acts=acts, acting=["--rotate", "--retire", "--import"])
        if acts:
            self._may(options)
            self._act(options, self.who_acts(options), reason)
        uses = [options["use"]] if options["use"] else USES
        keys = [key for use in uses for key in every(use)]
        if options["format"] == "json":
            self.print_json([_document(key) for key in keys])
        else:
            self._print(keys)

    def _may(self, options: dict[str, Any]) -> None:
        if options["bring"] and options["use"] == CREDENTIAL and not describes_a_place(options["bring"]):
            words = _(
                "A key that is brought along in a file signs papers; leave --use out, or say --use paper. One for"
                " credentials may lie in a token: give a file that ends in .toml."
            )
            self.refuse(words)
        if not options["bring"] and not options["use"]:
            self.refuse(_("Say which key, with --use credential or --use paper."))

    def _act(self, options: dict[str, Any], by: User | Actor, reason: str) -> None:
        who: dict[str, Any] = {"by": actor_of(by), "role": role_of(by), "reason": reason}
        try:
            if options["bring"]:
                bring(self._brought(options), **who)
            elif options["rotate"]:
                rotate(options["use"], **who)
            elif not retire(options["use"], **who):
                self.refuse(_("No key signs now; there is nothing to retire."))
        except KeyUnusable as error:
            self.stderr.write(str(error))
            self.fail()
        except ValueError as error:
            self.refuse(str(error))

    def _brought(self, options: dict[str, Any]) -> Any:
        read = credential_key_in if options["use"] == CREDENTIAL else paper_key_in
        try:
            return read(options["bring"])
        except KeyUnusable as error:
            self.refuse(str(error))

    def _print(self, keys: list[SigningKey]) -> None:
        if not keys:
            self.stdout.write(_("There is no key yet; the first certificate makes one."))
        for key in keys:
            self.stdout.write(f"{_called(key.use)} {key.public}")
            self.stdout.write(f"  {_life(key)}")
            self.stdout.write(f"  {_unusable(key) or _where(key)}")


def _called(use: str) -> str:
    return {CREDENTIAL: _("credentials:"), PAPER: _("papers:")}[use]


def _life(key: SigningKey) -> str:
    words = isolated({"made": _moment(key.made_at), "retired": _moment(key.retired_at)})
    if key.retired_at is not None:
        return _("signed from %(made)s to %(retired)s") % words
    if not key.chain:
        return _("signs since %(made)s") % words
    words |= isolated({"end": _moment(key.certificates[0].not_valid_after_utc)})
    return _("signs since %(made)s, until %(end)s at most") % words


def _unusable(key: SigningKey) -> str:
    try:
        must_be_usable(key)
    except KeyUnusable as error:
        return str(error)
    return ""


def _where(key: SigningKey) -> str:
    path, place = str(key_file(key)), token_place(key)
    if place is None:
        return path
    words = _("the key %(key)s in the token %(token)s, as %(path)s says")
    return words % isolated({"key": named(place), "token": place.token, "path": path})


def _moment(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _document(key: SigningKey) -> dict[str, Any]:
    return {
        "use": key.use,
        "key": key.public,
        "certificates": key.chain,
        "made": key.made_at.isoformat(),
        "retired": key.retired_at.isoformat() if key.retired_at else None,
        "file": str(key_file(key)),
        "usable": not _unusable(key),
    }
