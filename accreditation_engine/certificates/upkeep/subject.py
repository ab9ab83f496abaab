"""Upkeep as the engine knows it."""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry
from accreditation_engine.engine.bundles import registry as bundles

from .models import Upkeep

END = "end"
"""The step that is taken by itself where the certificate holds for good no more."""
SATISFIED = "satisfied"
"""The state of which the register may speak."""


def register() -> None:
    words = SubjectWords(
        dates=frozenset({"call_on", "due_on"}),
        shows=frozenset({"upkeep", "trail"}),
        of_itself=frozenset({END}),
    )
    registry.subjects["upkeep"] = registry.SubjectKind(Upkeep, words)
    bundles.subjects["upkeep"] = lambda dossiers: Upkeep.objects.filter(dossier__in=dossiers)
