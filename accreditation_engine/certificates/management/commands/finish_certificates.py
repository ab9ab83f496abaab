"""manage.py finish_certificates: the papers that are missing, or a new version of one."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.certificates.finished.finishing import (
    BasisChanged,
    ClockWrong,
    Finished,
    finish_many,
    make_anew,
    waiting,
)
from accreditation_engine.certificates.finished.making import PaperWrong
from accreditation_engine.certificates.finished.standings import sign_lists
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.paper.typesetting import TypesettingError
from accreditation_engine.certificates.queries import certificate_by_number
from accreditation_engine.engine.acting import actor_of
from accreditation_engine.engine.clock import ClockDoubted
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.organisations.acting_command import ActingCommand, role_of

TOLD_EVERY = 100


class Command(ActingCommand):
    help = (
        "Make the papers of all certificates that have none, as the worker does; or, with --again, a new version"
        " of one certificate's paper, in place of the one before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", metavar="NUMBER", help="the certificate whose paper is made anew")
        self.add_acting(parser)
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        number, spoken = options["again"], options["format"] == "text"
        reason = self.reason_given(options, acts=number is not None, acting=["--again"])
        if number is not None:
            self._again(number, options, reason, spoken=spoken)
        else:
            self._missing(spoken=spoken)

    def _again(self, number: str, options: dict[str, Any], reason: str, *, spoken: bool) -> None:
        by = self.who_acts(options)
        certificate = certificate_by_number(number)
        if certificate is None:
            words = _("There is no certificate %(number)s; give its number as the register has it.")
            self.refuse(words % isolated({"number": number}))
        try:
            paper = make_anew(certificate, by=actor_of(by), role=role_of(by), reason=reason)
            sign_lists()
        except (KeyUnusable, TypesettingError, PaperWrong, BasisChanged, ClockWrong, ClockDoubted) as error:
            self.stderr.write(why(error))
            self.fail()
        self._tell_of(certificate, paper, spoken=spoken)

    def _tell_of(self, certificate: Certificate, paper: Paper, *, spoken: bool) -> None:
        said = {"number": certificate.number, "version": paper.version}
        if spoken:
            self.stdout.write(_("%(number)s: version %(version)s of its paper was made.") % isolated(said))
        else:
            self.print_json({**said, "pdf": paper.pdf})

    def _missing(self, *, spoken: bool) -> None:
        due = list(waiting().values_list("pk", flat=True))
        began, tried = time.monotonic(), 0

        def told() -> None:
            nonlocal tried
            tried += 1
            if spoken and tried % TOLD_EVERY == 0 and tried < len(due):
                said = {"tried": tried, "all": len(due)}
                self.stdout.write(_("%(tried)s of %(all)s") % isolated(said))

        done = finish_many(due, each=told)
        if done.made:
            sign_lists()
        self._tell(done, time.monotonic() - began, spoken=spoken)
        if done.failed:
            self.fail()

    def _tell(self, done: Finished, seconds: float, *, spoken: bool) -> None:
        numbers = dict(Certificate.objects.filter(pk__in=done.failed).values_list("pk", "number"))
        failed = {numbers[pk]: why(error) for pk, error in done.failed.items()}
        if not spoken:
            self.print_json({"made": done.made, "seconds": round(seconds, 1), "failed": failed})
            return
        said = isolated({"made": done.made, "seconds": f"{seconds:.1f}"})
        self.stdout.write(_("Papers made: %(made)s, in %(seconds)s seconds.") % said)
        for number, words in failed.items():
            self.stderr.write(f"{number}: {words}")


def why(error: Exception) -> str:
    """What stood against a paper, and what to do."""
    if isinstance(error, BasisChanged):
        return error.words
    if isinstance(error, TypesettingError):
        words = _("the page cannot be set (%(why)s); mend the template")
        return words % isolated({"why": str(error)})
    return str(error) or type(error).__name__
