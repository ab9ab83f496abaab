"""manage.py bundle: dossiers with everything an auditor needs to check them elsewhere, as a zip."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.bundles.making import Made, NoCheckpoint, make_bundle
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.trail.bundle.verify_trail import read_checkpoint
from accreditation_engine.trail.models import Event


class Command(BaseCommand):
    help = (
        "Write dossiers with their events, proofs and a verifier into a zip that an auditor checks anywhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dossiers", nargs="*", metavar="DOSSIER", help="a number or a UUID")
        parser.add_argument(
            "--everything",
            action="store_true",
            help="all dossiers and every other stream, so that none can be missing unseen",
        )
        parser.add_argument("--output", required=True, metavar="FILE", help="the zip to write")
        parser.add_argument("--with-evidence", action="store_true", help="put the files in evidence in")
        parser.add_argument(
            "--against", metavar="CHECKPOINT", help="prove that it continues this checkpoint, a file you kept"
        )
        parser.add_argument(
            "--without-checkpoint",
            action="store_true",
            help="where no checkpoint can be made, be content with the last there is",
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        dossiers = self._dossiers(options["dossiers"], everything=options["everything"])
        asked = {
            "with_evidence": options["with_evidence"],
            "against": self._size(options["against"]) if options["against"] else None,
            "without_checkpoint": options["without_checkpoint"],
        }
        made = self._write(Path(options["output"]), dossiers, asked)
        if options["format"] == "json":
            self.print_json(_document(made, options["output"]))
            return
        if made.problem:
            self.stdout.write(_("No checkpoint could be made: %(why)s") % {"why": made.problem})
        self.stdout.write(_said(made, options["output"]))

    def _dossiers(self, named: list[str], *, everything: bool) -> set[UUID] | None:
        """None for everything."""
        if everything and named:
            self.refuse(_("--everything takes all dossiers; leave the numbers or the option out"))
        if not everything and not named:
            self.refuse(_("no dossier is named; give its number or UUID, or --everything"))
        return None if everything else {self._dossier(each) for each in named}

    def _dossier(self, text: str) -> UUID:
        """One that has lost its row can still be asked for by its UUID: its events are there."""
        found = Dossier.objects.filter(number=text).values_list("pk", flat=True).first() or _known(text)
        if found is None:
            said = _("there is no dossier '%(text)s'; give the number on the file, or its UUID")
            self.refuse(said % isolated({"text": text}))
        return found

    def _size(self, path: str) -> int:
        try:
            return read_checkpoint(Path(path).read_bytes()).size
        except (OSError, ValueError):
            said = _("--against %(path)s is no checkpoint; give the file as it was kept")
            self.refuse(said % isolated({"path": path}))

    def _write(self, output: Path, dossiers: set[UUID] | None, asked: dict[str, Any]) -> Made:
        """Aside, and into place once it is whole."""
        try:
            descriptor, aside = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        except OSError as error:
            self.refuse(_unwritten(output, error))
        try:
            with os.fdopen(descriptor, "wb") as file:
                made = make_bundle(dossiers, file, **asked)
            os.replace(aside, output)
        except NoCheckpoint as error:
            self.stderr.write(str(error))
            self.fail()
        except OSError as error:
            self.refuse(_unwritten(output, error))
        finally:
            Path(aside).unlink(missing_ok=True)
        return made


def _known(text: str) -> UUID | None:
    try:
        key = UUID(text)
    except ValueError:
        return None
    there = Dossier.objects.filter(pk=key).exists() or Event.objects.filter(stream=key, seq=1).exists()
    return key if there else None


def _unwritten(path: Path, error: OSError) -> str:
    said = _("%(path)s cannot be written (%(why)s); give --output another place")
    return said % isolated({"path": str(path), "why": error.strerror or str(error)})


def _said(made: Made, path: str) -> str:
    facts = isolated({"path": path}) | {"events": made.events, "streams": made.streams}
    if made.checkpoint is None:
        return _("%(path)s is written. Events: %(events)d; streams: %(streams)d; no checkpoint.") % facts
    said = _(
        "%(path)s is written. Events: %(events)d; streams: %(streams)d; events under the checkpoint: %(size)d."
    )
    return said % {**facts, "size": made.checkpoint.size}


def _document(made: Made, output: str) -> dict[str, Any]:
    return {
        "output": output,
        "streams": made.streams,
        "events": made.events,
        "checkpoint": made.checkpoint.size if made.checkpoint else None,
        "problem": made.problem or None,
    }
