"""manage.py what_if: what another rubric would do to the outcomes of all that was judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from accreditation_engine.definitions.rubric import Rubric
from accreditation_engine.definitions.rubric_checks import check_rubric
from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.definition_files import message_of
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
    edited,
    threshold_margins,
    weight_margins,
)

MARGINS = ("edited", "areas", "all", "none")


class Command(RubricCommand):
    help = (
        "Score everything that was judged under one edition of a rubric again, under the rubric as it is now or as"
        " --weight and --threshold make it, and show whose outcome would change, in which direction, and why."
    )
    requires_system_checks = ()  # they load every page of the site, which takes longer than the answer

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
            "--undecided",
            action="store_true",
            help="count files that have not been decided yet as well, once all their reviews are sent",
        )
        parser.add_argument(
            "--margins",
            choices=MARGINS,
            default="edited",
            help="how far numbers can move without any change: thresholds and the weights that --weight names"
            " (edited, the default), thresholds and the weights of all areas, of criteria too (all), or none",
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
        rubric = self.edited(written, options["weight"], options["threshold"])
        past = self.past(written.id, options["against"])
        undecided = past.ratings.keys() - _decided()
        counted = past.ratings.keys() if options["undecided"] else past.ratings.keys() - undecided
        comparison = self.comparison(past, rubric, counted)
        report = Report(
            comparison,
            past.hash,
            (*options["weight"], *options["threshold"]),
            options["limit"],
            tuple(_margins(comparison, options["margins"], options["weight"])),
            undecided=len(undecided) if options["undecided"] else 0,
            left_out=0 if options["undecided"] else len(undecided),
        )
        if options["format"] == "json":
            self.print_json(report.as_json())
        else:
            self.stdout.write("\n".join(report.lines(self.language)))

    def edited(self, rubric: Rubric, weights: list[str], thresholds: list[str]) -> Rubric:
        """The rubric with the edits that were asked for, when it is sound with them."""
        try:
            rubric = edited(rubric, weights, thresholds)
        except EditError as error:
            self.refuse(error.in_words(self.language))
        flaw = next(check_rubric(rubric), None)
        if flaw is not None:
            self.refuse(_("with these edits: %(flaw)s") % {"flaw": isolate(message_of(flaw))})
        return rubric

    def past(self, rubric: str, edition: str) -> Past:
        try:
            return past_ratings(rubric, edition)
        except NoSuchEdition as error:
            return self.refuse(str(error))

    def comparison(self, past: Past, rubric: Rubric, files: Collection[str]) -> Comparison:
        try:
            return past_comparison(past, rubric, files)
        except RatingProblems as error:
            words = _("past ratings do not fit this rubric: %(problem)s")
            return self.refuse(words % {"problem": error.problems[0].in_words(self.language)})


def _decided() -> set[str]:
    """The numbers of the files that have been decided."""
    return set(decided(Dossier.objects.all()).values_list("number", flat=True))


def _margins(comparison: Comparison, wanted: str, weights: Iterable[str]) -> Iterable[Margin]:
    """Of the later rubric, so that edits can be tried from where they lead. Those of `weights`, as typed, come
    first: they were asked about."""
    if wanted == "none":
        return
    after = comparison.after
    edited_ones = {each.partition("=")[0].strip() for each in weights}
    areas = {each.id for each in after.rubric.every_area()} if wanted in ("areas", "all") else set()
    criteria = {each.id for each in after.rubric.every_criterion()} if wanted == "all" else set()
    yield from weight_margins(after, edited_ones)
    yield from threshold_margins(after)
    yield from weight_margins(after, (areas | criteria) - edited_ones)
