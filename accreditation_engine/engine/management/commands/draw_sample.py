"""manage.py draw_sample: draw branches or programmes to visit from a list, with a seed, without a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.engine.commands import Command as BaseCommand
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.engine.texts import unlike_text
from accreditation_engine.scoring.sampling import FACTORS, Choice, Sample, SamplingError, draw
from accreditation_engine.scoring.unit_names import unit_name, unit_names
from accreditation_engine.written import is_seen, kept_text

LARGEST_FILE = 10_000_000


class Command(BaseCommand):
    help = (
        "Draw a sample (IAF MD 1) of the names in a file. The same names, kind of audit, seed and choices give the"
        " same sample. Whoever may try seeds can steer a draw: write the seed down before you use it."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("units", help="a text file in UTF-8, one name a line; - reads from stdin")
        parser.add_argument("--audit", choices=tuple(FACTORS), required=True, help="the kind of audit")
        parser.add_argument("--seed", required=True, help="any text; the draw follows from it")
        parser.add_argument(
            "--choose",
            action="append",
            default=[],
            metavar="NAME=REASON",
            help="a name that is in the sample in any case, and why; may be given again",
        )
        parser.add_argument("--by", default="", help="who chose; needed beside --choose")
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        units = unit_names(self.text(options["units"]))
        if not units:
            self.refuse(_("%(file)s: holds no name; give one a line") % isolated({"file": options["units"]}))
        chosen = [self.choice(each, options["by"]) for each in options["choose"]]
        try:
            sample = draw(units, audit=options["audit"], seed=options["seed"], chosen=chosen)
        except SamplingError as error:
            self.refuse(error.in_words(options["language"] or "en"))
        if options["format"] == "json":
            self.print_json(sample.as_json())
        else:
            self.stdout.write("\n".join(_lines(sample)))

    def choice(self, typed: str, by: str) -> Choice:
        unit, _equals, reason = typed.partition("=")
        if not (unit_name(unit) and is_seen(reason)):
            words = _("%(option)s “%(typed)s”: give a name, = and the reason")
            self.refuse(words % isolated({"option": "--choose", "typed": typed}))
        if not is_seen(by):
            words = _("%(by)s: say who chose what %(choose)s names")
            self.refuse(words % isolated({"by": "--by", "choose": "--choose"}))
        unlike = unlike_text(reason)
        if unlike:
            self.refuse_all(str(each) for each in unlike)
        return Choice(unit_name(unit), kept_text(by), kept_text(reason))

    def text(self, source: str) -> str:
        try:
            content = _content(source)
        except OSError as error:
            why = isolated({"file": source, "why": error.strerror or str(error)})
            self.refuse(_("%(file)s: cannot be read: %(why)s") % why)
        if len(content) > LARGEST_FILE:
            words = _("%(file)s: has more than %(most)d bytes, which no list of names has")
            self.refuse(words % isolated({"file": source, "most": LARGEST_FILE}))
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.refuse(
                _("%(file)s: is not UTF-8 text; save it as UTF-8") % isolated({"file": source})
            )


def _content(source: str) -> bytes:
    """A little more than a file may have is enough to know that it has too much."""
    if source == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    with Path(source).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _lines(sample: Sample) -> list[str]:
    facts = {"size": len(sample.units), "of": len(sample.population), "seed": sample.seed}
    chosen = ({"unit": each.unit, "why": each.reason, "by": each.by} for each in sample.chosen)
    return [
        _("%(size)d of %(of)d, %(audit)s, seed %(seed)s")
        % isolated({**facts, "audit": _audit(sample.audit)}),
        *(_("chosen  %(unit)s: %(why)s (%(by)s)") % isolated(each) for each in chosen),
        *(_("drawn   %(unit)s") % isolated({"unit": unit}) for unit in sample.drawn),
    ]


def _audit(audit: str) -> str:
    return {
        "initial": _("initial"),
        "surveillance": _("surveillance"),
        "recertification": _("recertification"),
    }[audit]
