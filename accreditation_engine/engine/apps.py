"""The engine app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_append_only


class EngineConfig(AppConfig):
    name = "accreditation_engine.engine"
    label = "engine"

    def ready(self) -> None:
        from . import checks, elapsed, erasure_words, guards, unusable_words, words  # noqa: F401 - they register themselves
        from .jobs import kept, statistics  # noqa: F401 - likewise

        protect_append_only("engine_edition")
