"""manage.py verify_trail: recompute the trail, and compare every state with it."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from accreditation_engine.engine.accepting_loss import Loss, losses
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.problem_sentences import said
from accreditation_engine.engine.progress_bar import progress_bar
from accreditation_engine.engine.verification import verify_all, verify_tables
from accreditation_engine.trail.bundle import verify_trail as bundles
from accreditation_engine.trail.protection import missing
from accreditation_engine.trail.transparency.covering import TrailBroken
from accreditation_engine.trail.transparency.floor import check_floor
from accreditation_engine.trail.verification import Problem, Tally

SHOWN = 20


class Command(BaseCommand):
    help = "Recompute every hash, link and state of the trail; name the first event that is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stream", metavar="UUID", help="only this dossier, certificate, person ...")
        parser.add_argument(
            "--replay",
            action="store_true",
            help="only tell all events again and compare the tables with them",
        )
        parser.add_argument(
            "--evidence",
            action="store_true",
            help="also read every stored file as a whole, and compare it with the SHA-256 it was filed under",
        )
        parser.add_argument("--bundle", metavar="FILE", help="a bundle in place of this site's own trail")
        parser.add_argument("--checkpoint", metavar="FILE", help="with --bundle: one that you kept earlier")
        parser.add_argument(
            "--key", action="append", default=[], help="with --bundle: a public key, or a file with it"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        self._refuse_what_does_not_go_together(options)
        if options["bundle"]:
            self._check_bundle(options)
            return
        stream = self._stream(options["stream"])
        tally = Tally()
        with nullcontext() if stream else progress_bar(tally):
            verified = (
                verify_tables if options["replay"] else partial(verify_all, contents=options["evidence"])
            )
            found = list(islice(verified(stream=stream, tally=tally), SHOWN))
        if stream and not (found or tally.events or tally.told):
            no_stream = _(
                "the trail has no stream %(stream)s; give the UUID of a dossier, certificate or person"
            )
            self.refuse(no_stream % isolated({"stream": str(stream)}))
        unprotected = missing(connection)
        if options["replay"]:
            tally = Tally(events=tally.told, streams=tally.told_streams)
        if options["format"] == "json":
            self.print_json(_document(found, unprotected, tally))
        else:
            self._print(found, unprotected, tally, replay=options["replay"])
            self._print_remedy(found)
        if found or unprotected:
            self.fail()

    def _refuse_what_does_not_go_together(self, options: dict[str, Any]) -> None:
        if options["bundle"] and options["replay"]:
            self.refuse(_("--replay compares this site's tables; leave it out with --bundle"))
        if options["bundle"] and options["evidence"]:
            self.refuse(_("--evidence reads this site's files; leave it out with --bundle"))
        if options["replay"] and options["evidence"]:
            self.refuse(_("--replay only compares tables; leave it or --evidence out"))

    def _check_bundle(self, options: dict[str, Any]) -> None:
        """By the very code that lies in the bundle."""
        language = options["language"] or "en"
        try:
            trusted = bundles.trust(options["key"], options["checkpoint"], None)
            report = bundles.check_at(Path(options["bundle"]), trusted)
        except bundles.BadInput as error:
            self.refuse(error.said(language))
        if options["format"] == "json":
            self.print_json(bundles.as_document(report, language))
        else:
            self.stdout.write(bundles.as_text(report, language))
        if not report.ok:
            self.fail()

    def _stream(self, text: str | None) -> UUID | None:
        try:
            return UUID(text) if text else None
        except ValueError:
            no_stream = _("'%(text)s' is no stream; give the UUID of a dossier, certificate or person")
            self.refuse(no_stream % isolated({"text": str(text)}))

    def _print(self, found: list[Problem], unprotected: list[str], tally: Tally, *, replay: bool) -> None:
        for problem in found:
            self.stdout.write(_in_words(problem))
        for name in unprotected:
            lacks = _("the database lacks the trigger %(name)s; run manage.py migrate")
            self.stdout.write(lacks % isolated({"name": name}))
        if not found and not unprotected:
            self.stdout.write(_told_again(tally) if replay else _as_written(tally))
        if tally.files:
            self.stdout.write(_("%(count)d stored files read.") % {"count": tally.files})
        for each in losses():
            self.stdout.write(_lost(each))

    def _print_remedy(self, found: list[Problem]) -> None:
        """Where less is here than was signed, what to do about it."""
        try:
            if any(each.code == "tree" for each in found):
                check_floor()
        except TrailBroken as error:
            self.stdout.write(str(error))


def _in_words(problem: Problem) -> str:
    facts = {"stream": str(problem.stream or ""), "code": problem.code, "detail": said(problem.detail)}
    if not problem.stream:
        return _("all events: %(code)s: %(detail)s") % isolated(facts)
    line = _("stream %(stream)s event %(seq)d: %(code)s: %(detail)s")
    return line % {**isolated(facts), "seq": problem.seq}


def _lost(loss: Loss) -> str:
    words = _(
        "On %(day)s somebody answered for a loss: %(signed)d events had been signed, and %(held)d were here. Only"
        " a checkpoint that was kept elsewhere shows what is lost; the trail says who and why."
    )
    return words % {"day": isolate(f"{loss.at:%Y-%m-%d}"), "signed": loss.signed, "held": loss.held}


def _as_written(tally: Tally) -> str:
    facts = {"events": tally.events, "streams": tally.streams}
    return _("%(events)d events in %(streams)d streams: all as they were written.") % facts


def _told_again(tally: Tally) -> str:
    line = _("%(events)d events in %(streams)d streams: told again, and all tables are as they say.")
    return line % {"events": tally.events, "streams": tally.streams}


def _document(found: list[Problem], unprotected: list[str], tally: Tally) -> dict[str, Any]:
    problems = [
        {"stream": str(each.stream), "seq": each.seq, "code": each.code, "detail": each.detail}
        for each in found
    ]
    return {
        "ok": not found and not unprotected,
        "events": tally.events,
        "streams": tally.streams,
        "files": tally.files,
        "losses": [{**each._asdict(), "at": each.at.isoformat()} for each in losses()],
        "problems": problems,
        "missing_triggers": unprotected,
    }
