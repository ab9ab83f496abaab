"""manage.py erase: erase by law what somebody wrote or was called, in a file or of a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.erasures import Piece, chosen, pieces_in_file, pieces_of_person
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.organisations.erasing import erase_of_person
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event


@dataclass(frozen=True)
class Target:
    pieces: list[Piece]
    erase: Callable[..., list[Event]]
    given: dict[str, Any]


class Command(BaseCommand):
    help = "List what can be erased by law in a file or of a person; erase what is named, for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("keys", nargs="*", metavar="KEY", help="what to erase, as the list names it")
        target = parser.add_mutually_exclusive_group(required=True)
        target.add_argument("--file", metavar="NUMBER", help="an accreditation file")
        target.add_argument("--person", metavar="EMAIL", help="a person, by address or id")
        parser.add_argument("--by", metavar="EMAIL", default="", help="the administrator who erases")
        parser.add_argument("--reason", default="", help="why; it stays in the trail")
        parser.add_argument("--basis", default="", help="the law or the order that asks for it")
        parser.add_argument(
            "--ordinary-words",
            action="store_true",
            help="the words that reason and text share, as you have seen, tell nothing of what goes",
        )
        parser.add_argument("--for-good", action="store_true", help="do it; without this nothing is erased")
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        target = self._target(options)
        try:
            pieces = chosen(target.pieces, options["keys"]) if options["keys"] else target.pieces
            if not (options["keys"] and options["for_good"]):
                self._list(pieces, options)
                return
            events = target.erase(
                **target.given,
                keys=options["keys"],
                reason=options["reason"],
                basis=options["basis"],
                by=self._administrator(options["by"]),
                told_apart=options["ordinary_words"],
            )
        except Refused as refused:
            self.refuse_all(str(each) for each in refused.reasons)
        self._done(events, options)

    def _target(self, options: dict[str, Any]) -> Target:
        if options["file"]:
            dossier = Dossier.objects.filter(number=options["file"]).first()
            if dossier is None:
                self.refuse(_("There is no file %(number)s.") % isolated({"number": options["file"]}))
            return Target(pieces_in_file(dossier.pk), erase_in_file, {"dossier": dossier})
        person = self._person(options["person"])
        return Target(pieces_of_person(person.pk), erase_of_person, {"person": person})

    def _person(self, said: str) -> User:
        by_id = _uuid(said)
        found = User.objects.filter(pk=by_id) if by_id else User.objects.filter(email=said.strip().lower())
        person = found.first()
        if person is None:
            self.refuse(_("There is nobody with the address or id %(said)s.") % isolated({"said": said}))
        return person

    def _administrator(self, said: str) -> User:
        if not said:
            self.refuse(_("Say which administrator erases, with --by and their address."))
        return self._person(said)

    def _list(self, pieces: list[Piece], options: dict[str, Any]) -> None:
        if options["format"] == "json":
            self.print_json(
                {"erased": 0, "pieces": [{"key": each.key, "text": each.text} for each in pieces]}
            )
            return
        for each in pieces:
            self.stdout.write(each.key)
            self.stdout.write("    " + " ".join(each.text.split()))
        self.stdout.write(
            _(
                "Nothing is erased yet. Name what is to go by its key, and add --for-good: it cannot be undone."
            )
        )

    def _done(self, events: list[Event], options: dict[str, Any]) -> None:
        if options["format"] == "json":
            said = [{"stream": str(each.stream), "seq": each.seq} for each in events]
            self.print_json({"erased": len(events), "events": said})
            return
        words = ngettext(
            "%(count)d text is erased for good. The trail says so.",
            "%(count)d texts are erased for good. The trail says so.",
            len(events),
        )
        self.stdout.write(words % isolated({"count": len(events)}))


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
