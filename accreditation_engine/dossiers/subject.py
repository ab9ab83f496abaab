"""Dossiers as the engine knows them."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry

from .models import Dossier

# What a state may let a role see.
SHOWS = frozenset(
    {
        "answers",
        "evidence",
        "questions",
        "own_ratings",
        "consensus",
        "ratings",
        "scores",
        "findings",
        "report",
        "votes",
        "decision",
        "trail",
    }
)


def register() -> None:
    registry.subjects["dossier"] = registry.SubjectKind(Dossier, SubjectWords(shows=SHOWS))
