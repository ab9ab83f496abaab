"""What a self-assessment still lacks before its file can be submitted, each with the way to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from accreditation_engine.portal.dossier.reader import language
from accreditation_engine.portal.dossier.rubrics import Section

from .progress import Progress

WORDS = {
    "answer": _("no answer yet"),
    "reason": _("say why it does not apply"),
    "evidence": _("evidence is needed"),
    "look": _("carried over, not looked at yet"),
}
FEW = 10


def missing(progress: Progress, current: Section | None = None) -> list[dict[str, Any]]:
    """Area by area, for portal/answers_missing.html: [{title, open, criteria: [{number, title, url, words}]}]. The
    current area stands open, and all where little is missing."""
    found = [(each, criteria) for each in progress.sections if (criteria := _missing_in(progress, each))]
    few = sum(len(criteria) for _section, criteria in found) <= FEW
    return [
        {"title": each.title, "criteria": criteria, "open": few or each == current}
        for each, criteria in found
    ]


def _missing_in(progress: Progress, section: Section) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "title": each.title.in_language(language()),
            "url": f"{progress.address(section)}#{each.id}",
            "words": WORDS[lack],
        }
        for number, each in section.criteria
        if (lack := progress.lacks(section, each))
    ]
