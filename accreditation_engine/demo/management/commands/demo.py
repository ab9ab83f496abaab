"""manage.py demo: an invented organisation from self-assessment to certificate, then the site."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import DEVNULL, Popen
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import translation

from accreditation_engine.certificates.effects import CERTIFICATES_SCHEME
from accreditation_engine.certificates.scope_change.opening import SCOPE_SCHEME
from accreditation_engine.certificates.upkeep.opening import UPKEEP_SCHEME
from accreditation_engine.complaints.domain import SCHEME as CONCERNS_SCHEME
from accreditation_engine.demo import story
from accreditation_engine.demo.cast import DOMAIN, PEOPLE, seed_cast
from accreditation_engine.demo.concerns import hear_strangers
from accreditation_engine.demo.scope import ask_for_more, state_own
from accreditation_engine.demo.upkeep import keep_alive
from accreditation_engine.demo.world import OTHERS, PROTAGONIST, READER, SCHEME, file_of
from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.jobs.statistics import gather_statistics
from accreditation_engine.engine.shipped import read_shipped
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.reviews.raising import FINDINGS_SCHEME
from accreditation_engine.trail.transparency.covering import TrailBroken


class Command(BaseCommand):
    help = "Certify an invented organisation, showing each step; then serve the site. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="do all but serve the site")

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password(settings.VAR_DIR / "demo" / "password")
        with translation.override("en"):
            self._tell(password)
        self._sign_ins(password)
        if not options["no_serve"]:
            self._serve(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))

    def _tell(self, password: str) -> None:
        checked = read_shipped()
        if checked.problems:
            self.refuse(f"a definition cannot be used: {checked.problems[0]}")
        needed = (SCHEME, FINDINGS_SCHEME, CERTIFICATES_SCHEME, UPKEEP_SCHEME, SCOPE_SCHEME, CONCERNS_SCHEME)
        for name in needed:
            if name not in checked.workflows:
                self.refuse(f"the demo needs the workflow {name}; put it back into {settings.WORKFLOWS_DIR}")
        self._chapter("The schemes", story.open_schemes(checked))
        cast = seed_cast(password)
        case = file_of(PROTAGONIST, cast, password)
        state_own(case)
        self._chapter(f"File {case.dossier.number}, {PROTAGONIST.name_en}", story.certify(case))
        self._chapter("What the reviewers found", story.scores(case.dossier))
        paper = settings.VAR_DIR / "demo" / "certificate.pdf"
        self._chapter("The certificate", story.write_certificate(case.dossier, paper))
        self._chapter("Other files, for you to go on with", story.populate(cast, password))
        self._chapter("What keeps certificates alive", keep_alive(cast))
        self._chapter("What the certificate covers", ask_for_more(case.dossier))
        self._chapter("What strangers say", hear_strangers(cast, case.dossier))
        try:
            self._chapter("The trail", story.verify())
            self._chapter("A signed checkpoint of it", story.sign())
        except (story.BrokenTrail, TrailBroken, KeyUnusable) as broken:
            self.stdout.write(f"  {broken}")
            self.fail()
        gather_statistics()

    def _chapter(self, title: str, lines: Iterable[str]) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING(f"\n{title}"))
        for line in lines:
            self.stdout.write(f"  {line}")
            self.stdout.flush()

    def _sign_ins(self, password: str) -> None:
        self.stdout.write(self.style.MIGRATE_HEADING("\nSign in as"))
        for role, addresses in addresses_by_role().items():
            self.stdout.write(f"  {role:<14} {', '.join(f'{each}@{DOMAIN}' for each in addresses)}")
        self.stdout.write(f"  password       {password}")

    def _serve(self, host: str, port: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nThe site: http://{host}:{port}/ (stop it with Ctrl-C)"))
        self.stdout.flush()
        arguments = ["--interface", "wsgi", "--host", host, "--port", port, "--blocking-threads", "4"]
        # A terminal tells worker and server of Ctrl-C at once; a worker told twice may stay unless it is ended.
        arguments += ["--log-level", "warning", "--workers-kill-timeout", "2"]
        program = [sys.executable, "-m", "granian", *arguments, "accreditation_engine.wsgi:application"]
        start_worker()
        os.execv(sys.executable, program)  # noqa: S606 - our own server, with arguments of ours


def start_worker() -> Popen[bytes]:
    """A worker beside the server. The server takes the place of this process, and the worker ends with it however
    it ends."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--beside", str(os.getpid())]
    return Popen(command, stdin=DEVNULL)  # noqa: S603 - our own command, with arguments of ours


def addresses_by_role() -> dict[str, list[str]]:
    """Who plays each role, the one to begin with first."""
    roles = {"applicant": ["applicant", *(member.key for member in OTHERS)], "reader": [READER[0]]}
    for role, address, _ in PEOPLE:
        roles.setdefault(role, []).append(address)
    return roles


def demo_password(path: Path) -> str:
    """One password for all invented people, made up on the first run and kept for the next."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"demo-{secrets.token_hex(4)}")
    return path.read_text()
