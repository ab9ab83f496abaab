"""Certificates as the engine knows them."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry

from .models import Certificate
from .replacing import REPLACE
from .upkeep.effects import SUSPEND


def register() -> None:
    words = SubjectWords(
        dates=frozenset({"valid_until"}),
        shows=frozenset({"certificate", "trail"}),
        of_itself=frozenset({REPLACE, SUSPEND}),
        stands_in_public=True,
    )
    registry.subjects["certificate"] = registry.SubjectKind(Certificate, words)
