"""Findings as the engine knows them."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry

from .models import Finding


def register() -> None:
    words = SubjectWords(dates=frozenset({"due_on"}), shows=frozenset({"finding", "trail"}))
    registry.subjects["finding"] = registry.SubjectKind(Finding, words)
