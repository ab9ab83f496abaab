"""Changes of scope as the engine knows them."""

from __future__ import annotations

from accreditation_engine.certificates.upkeep.subject import END
from accreditation_engine.definitions.vocabulary import SubjectWords
from accreditation_engine.engine import registry
from accreditation_engine.engine.bundles import registry as bundles

from .models import ScopeChange


def register() -> None:
    words = SubjectWords(shows=frozenset({"scope_change", "trail"}), of_itself=frozenset({END}))
    registry.subjects["scope_change"] = registry.SubjectKind(ScopeChange, words)
    bundles.subjects["scope_change"] = lambda dossiers: ScopeChange.objects.filter(dossier__in=dossiers)
