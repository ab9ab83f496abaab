"""manage.py what_if: what another rubric would do to the outcomes of all that was judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.isolates import isolate
from accreditation_engine.engine.rubric_commands import RUBRIC_HELP, RubricCommand
from accreditation_engine.engine.stored_definitions import NoSuchEdition
from accreditation_engine.reviews.past_comparison import past_comparison
from accreditation_engine.reviews.past_ratings import Past, past_ratings
from accreditation_engine.scoring import RatingProblems
from accreditation_engine.scoring.what_if import (
    Comparison,
    EditError,
    Margin,
    Report,
    number_from,
    the_threshold,
    threshold_margins,
    weight_margins,
    with_threshold,
    with_weight,
)


class Command(RubricCommand):
    help = (
        "Score everything that was judged under one edition of a rubric again, under the rubric as it is now or as"
        " --weight and --threshold make it, and show whose outcome would change, in which direction, and why."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rubric", help=RUBRIC_HELP)
        parser.add_argument(
            "--against",
            required=True,
            metavar="EDITION",
            help="the edition that judged: its label, or the beginning of its hash",
        )
        parser.add_argument(
            "--weight",
            action="append",
            default=[],
            metavar="NAME=NUMBER",
            help="weigh an area or a criterion otherwise, as integrity=15; may be repeated",
        )
        parser.add_argument(
            "--threshold",
            action="append",
            default=[],
            metavar="NAME=NUMBER",
            help="ask otherwise for an outcome, as gold=80 (its score) or gold.every_area=75; may be repeated",
        )
        parser.add_argument(
            "--decided",
            action="store_true",
            help="only files that have been decided, as the page has it; all with complete reviews when left out",
        )
        parser.add_argument(
            "--margins",
            choices=("areas", "all"),
            help="how far each threshold and weight (of areas, or of criteria too) can move without any change",
        )
        parser.add_argument(
            "--limit", type=int, default=20, help="how many changes are listed with their reasons; 20"
        )
        self.add_format(parser)
        self.add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0:
            self.refuse(_("%(option)s must be 0 or more") % {"option": isolate("--limit")})
        self.language = options["language"] or "en"
        written = self.rubric(options["rubric"])
        edited = self.edited(written, options["weight"], options["threshold"])
        past = self.past(written.id, options["against"])
        comparison = self.comparison(past, edited, _numbers() if options["decided"] else None)
        report = Report(
            comparison,
            past.hash,
            (*options["weight"], *options["threshold"]),
            options["limit"],
            tuple(_margins(comparison, options["margins"])),
        )
        if options["format"] == "json":
            self.print_json(report.as_json())
        else:
            self.stdout.write("\n".join(report.lines(self.language)))

    def edited(self, rubric: Rubric, weights: list[str], thresholds: list[str]) -> Rubric:
        """The rubric with the edits that were asked for, when it is sound with them."""
        try:
            for name, number in map(_edit, weights):
                rubric = with_weight(rubric, name, number)
            for name, number in map(_edit, thresholds):
                rubric = with_threshold(rubric, the_threshold(rubric, name), number)
        except EditError as error:
            self.refuse(error.in_words(self.language))
        flaw = next(check_rubric(rubric), None)
        if flaw is not None:
            self.refuse(_("with these edits: %(flaw)s") % {"flaw": isolate(flaw.message)})
        return rubric

    def past(self, rubric: str, edition: str) -> Past:
        try:
            return past_ratings(rubric, edition)
        except NoSuchEdition as error:
            return self.refuse(str(error))

    def comparison(self, past: Past, rubric: Rubric, files: Collection[str] | None) -> Comparison:
        try:
            return past_comparison(past, rubric, files)
        except RatingProblems as error:
            words = _("past ratings do not fit this rubric: %(problem)s")
            return self.refuse(words % {"problem": error.problems[0].in_words(self.language)})


def _numbers() -> set[str]:
    """Of the files that have been decided."""
    return set(decided(Dossier.objects.all()).values_list("number", flat=True))


def _edit(text: str) -> tuple[str, Decimal]:
    name, equals, number = text.partition("=")
    if not equals or not name.strip():
        raise EditError("no_edit", text=text)
    return name.strip(), number_from(number.strip())


def _margins(comparison: Comparison, wanted: str | None) -> Iterable[Margin]:
    """Of the later rubric, so that edits can be tried from where they lead."""
    if wanted is None:
        return
    after = comparison.after
    criteria = [each.id for each in after.rubric.every_criterion()] if wanted == "all" else []
    yield from threshold_margins(after)
    yield from weight_margins(after, [*(each.id for each in after.rubric.every_area()), *criteria])
