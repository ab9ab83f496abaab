"""One reviewer's own review: what they may do with it, what is rated, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.dossiers.domain import locked_row
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.entries import Entries
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Key, Section, all_sections
from accreditation_engine.portal.dossier.two_tabs import NOTHING, Typed, merged
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queries import own_assignment, own_ratings
from accreditation_engine.reviews.rules import rating_open


@dataclass(frozen=True)
class Review:
    """`open` says whether it can still be worked on, `erased` when a note was erased by law, where one was."""

    reader: Reader
    assignment: Assignment
    kept: Mapping[Key, Typed]
    open: bool
    erased: Mapping[Key, datetime]

    @classmethod
    def of(cls, reader: Reader) -> Review:
        """Raises Http404 for anybody without a review of this dossier. Two queries."""
        if not (reader.plays("reviewer") and reader.sees("own_ratings")):
            raise Http404
        assignment = own_assignment(reader.dossier.pk, reader.person)
        if assignment is None:
            raise Http404
        open_ = not rating_open(reader.dossier, assignment, reader.person)
        ratings = own_ratings(assignment)
        erased = {
            key: each.note_erased_at for key, each in ratings.items() if each.note_erased_at and not each.note
        }
        return cls(reader, assignment, as_typed(ratings), open_, erased)

    @property
    def sections(self) -> list[Section]:
        return all_sections(self.reader.scheme)

    def done(self, section: Section) -> int:
        return sum(bool(self.kept.get(key, NOTHING)[0]) for key in section.keys)

    def listed(self, current: Section | None = None) -> list[dict[str, Any]]:
        """For parts/sections.html."""
        return [
            {
                "title": each.title,
                "rubric": each.rubric.title.in_language(language()),
                "url": self.address(each),
                "current": each == current,
                "done": self.done(each),
                "of": len(each.area.criteria),
            }
            for each in self.sections
        ]

    def whole(self) -> dict[str, Any]:
        """For parts/progress.html."""
        return {
            "value": sum(self.done(each) for each in self.sections),
            "maximum": sum(len(each.area.criteria) for each in self.sections),
            "label": _("Criteria rated"),
        }

    def next_open(self) -> str:
        missing = [each for each in self.sections if self.done(each) < len(each.area.criteria)]
        return self.address((missing or self.sections)[0])

    def address(self, section: Section) -> str:
        return reverse("review_area", args=[self.reader.dossier.pk, section.rubric.id, section.area.id])


def kept_ratings(assignment: Assignment) -> dict[Key, Typed]:
    """The ratings as a form shows them. One query."""
    return as_typed(own_ratings(assignment))


def as_typed(ratings: Mapping[Key, Rating]) -> dict[Key, Typed]:
    return {key: (each.value, each.note) for key, each in ratings.items()}


def save(review: Review, entries: Entries) -> int:
    """Keep what was rated; gives how many ratings changed. What cannot be kept is told in `entries`."""
    try:
        with transaction.atomic():
            locked_row(review.reader.dossier)
            kept = kept_ratings(review.assignment)
            found = merged(entries.typed, entries.marks, kept)
            if found.conflicts:
                entries.conflict(found.conflicts, kept)
                return 0
            ratings = {key: Rated(value, note) for key, (value, note) in found.changes.items()}
            return len(rate(assignment=review.assignment, ratings=ratings, by=review.reader.person))
    except Refused as refused:
        entries.sort_out(refused.reasons)
        return 0
