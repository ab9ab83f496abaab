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
from accreditation_engine.dossiers.typed import kept_ratings as in_kept_form
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.portal.dossier.autosave import work_of
from accreditation_engine.portal.dossier.entries import Entries
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Key, Section, all_sections
from accreditation_engine.portal.dossier.two_tabs import NOTHING, Typed, merged
from accreditation_engine.reviews.domain import Rated, rate
from accreditation_engine.reviews.models import Assignment, Rating
from accreditation_engine.reviews.queries import own_assignment, own_ratings
from accreditation_engine.reviews.rules import rating_open


@dataclass(frozen=True)
class Saved:
    """How many ratings changed, and all of the review as it is kept now."""

    changed: int
    kept: Mapping[Key, Typed]


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
        assignment.dossier = reader.dossier
        open_ = not rating_open(reader.dossier, assignment, reader.person)
        ratings = own_ratings(assignment)
        erased = {
            key: each.note_erased_at for key, each in ratings.items() if each.note_erased_at and not each.note
        }
        return cls(reader, assignment, as_typed(ratings), open_, erased)

    @property
    def sections(self) -> list[Section]:
        return all_sections(self.reader.scheme)

    @property
    def work(self) -> str:
        """Whose work it is, for pages that save themselves."""
        return work_of(self.reader.person, f"review-{self.assignment.pk}")

    def is_rated(self, key: Key) -> bool:
        return bool(self.kept.get(key, NOTHING)[0])

    def done(self, section: Section) -> int:
        return sum(self.is_rated(key) for key in section.keys)

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

    def missing(self, current: Section | None = None) -> list[dict[str, Any]]:
        """What is not rated yet, area by area: [{title, open, criteria: [{number, title, url}]}], for
        portal/review_missing.html. That of the current area, or of the only one, stands open."""
        return [
            {"title": each.title, "criteria": criteria, "open": each == current or len(self.sections) == 1}
            for each in self.sections
            if (criteria := self._missing_in(each))
        ]

    def _missing_in(self, section: Section) -> list[dict[str, Any]]:
        return [
            {
                "number": number,
                "title": each.title.in_language(language()),
                "url": f"{self.address(section)}#{each.id}",
            }
            for number, each in section.criteria
            if not self.is_rated((section.rubric.id, each.id))
        ]

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


def save(review: Review, entries: Entries) -> Saved:
    """Keep what was rated. What cannot be kept is told in `entries`."""
    try:
        with transaction.atomic():
            locked_row(review.reader.dossier)
            kept = kept_ratings(review.assignment)
            found = merged(entries.typed, entries.marks, kept)
            if found.conflicts:
                entries.conflict(found.conflicts, kept)
                return Saved(0, kept)
            ratings = {key: Rated(value, note) for key, (value, note) in found.changes.items()}
            changed = rate(assignment=review.assignment, ratings=ratings, by=review.reader.person)
            return Saved(len(changed), {**kept, **_as_kept(review, found.changes)})
    except Refused as refused:
        entries.sort_out(refused.reasons)
        return Saved(0, review.kept)


def _as_kept(review: Review, changes: Mapping[Key, Typed]) -> dict[Key, Typed]:
    """What was typed in the form in which it lies in the database now."""
    values = in_kept_form(review.reader.scheme, {key: value for key, (value, _note) in changes.items()})
    return {key: (values[key], note) for key, (_value, note) in changes.items()}
