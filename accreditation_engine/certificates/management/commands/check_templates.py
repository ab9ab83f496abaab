"""manage.py check_templates: whether the templates of certificates make certificates."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.certificates.finished.specimen import SAMPLES, certified_by, specimen
from accreditation_engine.certificates.finished.template import template_of
from accreditation_engine.certificates.paper.typesetting import TypesettingError
from accreditation_engine.engine.commands import Command as HouseCommand
from accreditation_engine.engine.compiled import Compiled, compiled
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.models import Scheme


class Command(HouseCommand):
    help = (
        "Set specimens of the certificates of each scheme with its template, and say what is wrong with it, in"
        " which file and line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "schemes", nargs="*", metavar="SCHEME", help="all that certify when none is named"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        found = {each: self._wrong_with(scheme) for each, scheme in self._schemes(options["schemes"]).items()}
        if options["format"] == "json":
            self.print_json(
                [
                    {"scheme": name, "template": template_of(name).path.name, "wrong": str(wrong or "")}
                    for name, wrong in found.items()
                ]
            )
        else:
            self._print(found)
        if any(found.values()):
            self.fail()

    def _schemes(self, names: list[str]) -> dict[str, Compiled]:
        stored = {each.name: each for each in Scheme.objects.filter(subject="dossier").order_by("name")}
        for name in names:
            if name not in stored:
                known = ", ".join(stored) or _("none")
                words = _("There is no scheme %(name)s; there are: %(known)s.")
                self.refuse(words % isolated({"name": name, "known": known}))
        schemes = {
            name: compiled(each.edition_id) for name, each in stored.items() if name in (names or stored)
        }
        return {name: scheme for name, scheme in schemes.items() if certified_by(scheme) is not None}

    def _wrong_with(self, scheme: Compiled) -> TypesettingError | None:
        """The first thing."""
        for sample in SAMPLES:
            try:
                specimen(scheme, sample)
            except TypesettingError as error:
                return error
        return None

    def _print(self, found: dict[str, TypesettingError | None]) -> None:
        for name, wrong in found.items():
            said = isolated({"scheme": name, "template": template_of(name).path.name})
            if wrong is None:
                self.stdout.write(_("%(scheme)s: %(template)s makes its certificates.") % said)
                continue
            self.stderr.write(_("%(scheme)s: %(template)s makes no certificate.") % said)
            self.stderr.write(f"  {wrong}")
            self.stderr.write(wrong.detail)
