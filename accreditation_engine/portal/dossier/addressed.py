"""The area, and the criterion in it, that an address or a form names."""

from __future__ import annotations

from django.http import Http404

from accreditation_engine.definitions.rubric import Criterion

from .reader import Reader
from .rubrics import Section, all_sections


def find_section(reader: Reader, rubric: str, area: str) -> Section:
    """Raises Http404 where the file has no such area."""
    for each in all_sections(reader.scheme):
        if (each.rubric.id, each.area.id) == (rubric, area):
            return each
    raise Http404


def find_supported(section: Section, name: str) -> Criterion:
    """Raises Http404 for a criterion that the area has not, or that takes no evidence."""
    for each in section.area.criteria:
        if each.id == name and each.evidence != "none":
            return each
    raise Http404
