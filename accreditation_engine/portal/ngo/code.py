"""The code of conduct that an organisation accepts, as it is read before it is accepted."""

from __future__ import annotations

from typing import Any

from accreditation_engine.engine.compiled import Compiled
from accreditation_engine.portal.dossier.reader import language

RUBRIC = "code-of-conduct"
"""The rubric whose criteria are the code, where a scheme has one of this name."""


def code_in_words(scheme: Compiled) -> list[dict[str, Any]]:
    """Its areas, each with the `principles` in it: their titles and what they mean. [] where the
    scheme has no text of it."""
    if RUBRIC not in scheme.rubrics:
        return []
    return [
        {
            "title": area.title.in_language(language()),
            "principles": [
                {
                    "title": each.title.in_language(language()),
                    "meaning": each.guidance.in_language(language()) if each.guidance else "",
                }
                for each in area.leaves()
            ],
        }
        for area in scheme.rubrics[RUBRIC].areas
    ]
