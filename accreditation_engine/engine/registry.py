"""The names a workflow may use, and what stands behind them.

The engine knows no dossier. Each folder below it registers, when its app is ready, the guards, effects, roles
and subjects it brings; the engine looks them up by the names that definitions use.
"""

from __future__ import annotations

from accreditation_engine.definitions.vocabulary import Vocabulary


def vocabulary() -> Vocabulary:
    """All registered names, in the form that definitions are checked against."""
    return Vocabulary()
