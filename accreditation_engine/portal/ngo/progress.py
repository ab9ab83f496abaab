"""How far a self-assessment has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation_engine.certificates.queries import number_issued_on
from accreditation_engine.definitions.rubric import Criterion
from accreditation_engine.dossiers.guards import unexplained
from accreditation_engine.dossiers.models import Evidence
from accreditation_engine.dossiers.queries import HandedIn, handed_in
from accreditation_engine.portal.dossier.autosave import work_of
from accreditation_engine.portal.dossier.reader import Reader, language
from accreditation_engine.portal.dossier.rubrics import Key, Section, all_sections
from accreditation_engine.portal.dossier.two_tabs import NOTHING, Typed

from .saving import as_typed


@dataclass(frozen=True)
class Progress:
    """What is answered, what is filed; where an answer was erased by law, when that was; and which answers were
    carried over from an earlier file and not looked at yet. Two queries."""

    reader: Reader
    kept: Mapping[Key, Typed]
    files: Mapping[Key, list[Evidence]]
    erased: Mapping[Key, datetime]
    carried: frozenset[Key]

    @classmethod
    def of(cls, reader: Reader, work: HandedIn | None = None) -> Progress:
        """No query where the `work` was read before."""
        work = work or handed_in(reader.dossier)
        erased = {
            key: each.narrative_erased_at
            for key, each in work.answers.items()
            if each.narrative_erased_at and not each.narrative
        }
        carried = frozenset(key for key, each in work.answers.items() if each.carried)
        return cls(reader, as_typed(work.answers), work.own_files, erased, carried)

    @cached_property
    def renewed(self) -> str:
        """The number of the certificate that this file renews. One query."""
        return number_issued_on(self.reader.dossier.renews_id)

    @property
    def sections(self) -> list[Section]:
        return all_sections(self.reader.scheme)

    def lacks(self, section: Section, criterion: Criterion) -> str:
        """What the step that submits the file will ask for: "answer", "reason", "evidence", "look", or "" for
        nothing."""
        key = (section.rubric.id, criterion.id)
        rating, text = self.kept.get(key, NOTHING)
        if not rating:
            return "answer"
        if unexplained(rating, text):
            return "reason"
        if rating != "not_applicable" and criterion.evidence == "required" and key not in self.files:
            return "evidence"
        return "look" if key in self.carried else ""

    def is_done(self, section: Section, criterion: Criterion) -> bool:
        return not self.lacks(section, criterion)

    def done(self, section: Section) -> int:
        return sum(self.is_done(section, each) for each in section.area.criteria)

    def listed(self, current: Section | None = None) -> list[dict[str, Any]]:
        """For parts/sections.html."""
        return [self._listed(each, current) for each in self.sections]

    def _listed(self, section: Section, current: Section | None) -> dict[str, Any]:
        return {
            "title": section.title,
            "rubric": section.rubric.title.in_language(language()),
            "url": self.address(section),
            "current": section == current,
            "done": self.done(section),
            "of": len(section.area.criteria),
        }

    @property
    def work(self) -> str:
        """Whose work it is, for pages that save themselves."""
        return work_of(self.reader.person, f"answers-{self.reader.dossier.pk}")

    @property
    def index(self) -> str:
        return reverse("self_assessment", args=[self.reader.dossier.pk])

    def address(self, section: Section) -> str:
        return address(self.reader, section)

    def whole(self) -> dict[str, Any]:
        """For parts/progress.html."""
        return {
            "value": sum(self.done(each) for each in self.sections),
            "maximum": sum(len(each.area.criteria) for each in self.sections),
            "label": _("Criteria completed"),
        }

    def next_open(self) -> str:
        """Where to go on: the first area with something missing, else the first."""
        missing = [each for each in self.sections if self.done(each) < len(each.area.criteria)]
        return self.address((missing or self.sections)[0])


def address(reader: Reader, section: Section) -> str:
    return reverse("self_assessment_area", args=[reader.dossier.pk, section.rubric.id, section.area.id])
