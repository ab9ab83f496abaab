"""What all commands share: how they end, and how they say that they were called with bad input.

Exit codes: 0 success, 1 when what was checked fails, 2 on bad input, which is named in one line on stderr. A
command with `--language` says everything in it, refusals too; English where it is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

LANGUAGES = ("ar", "en")
NAMED_AT_MOST = 10
"""Of many problems, so many are named; one line holds no more."""


class Command(BaseCommand):
    """A command that ends as described above. Called from code, it raises CommandError where it would exit
    with 2, and SystemExit(1) where it would exit with 1."""

    _called_from_command_line = False
    _speaks = False

    def refuse(self, message: str) -> NoReturn:
        """End because of bad input."""
        raise CommandError(" ".join(message.split()), returncode=2)

    def refuse_all(self, problems: Iterable[str], *, before: str = "") -> NoReturn:
        """End because of bad input with which several things are wrong; `before` says whose they are."""
        found = list(problems)
        more = len(found) - NAMED_AT_MOST
        rest = [_("and %(count)d more") % {"count": more}] if more > 0 else []
        self.refuse(before + _("; ").join([*found[:NAMED_AT_MOST], *rest]))

    def fail(self) -> NoReturn:
        """End because what was checked fails. What failed has been printed."""
        sys.exit(1)

    def print_json(self, document: Any) -> None:
        """Print the one document that `--format json` asks for."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))

    def add_format(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="text (default) or json"
        )

    def add_language(
        self, parser: CommandParser, help_text: str = "of all that is said; en when left out"
    ) -> None:
        self._speaks = True
        parser.add_argument("--language", choices=LANGUAGES, help=help_text)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._misused  # type: ignore[method-assign] # argparse would print its usage as well
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            with translation.override(self._language(options)):
                return super().execute(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line or options.get("traceback"):
                raise
            self._end(str(error), error.returncode)

    def _language(self, options: dict[str, Any]) -> str:
        """What is said in; that of the site for a command that offers no choice."""
        return options.get("language") or "en" if self._speaks else translation.get_language() or "en"

    def _misused(self, message: str) -> NoReturn:
        if not self._called_from_command_line:
            raise CommandError(message, returncode=2)
        self._end(f"{message}; see --help", 2)

    def _end(self, message: str, code: int) -> NoReturn:
        self.stderr.write(" ".join(message.split()))
        sys.exit(code)
