"""Complaints as the engine knows them."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry

from .models import Complaint

THING = "complaint"
"""What the states of a complaint show of it."""


def register() -> None:
    words = SubjectWords(shows=frozenset({THING, "trail"}))
    registry.subjects["complaint"] = registry.SubjectKind(Complaint, words)
