"""The decisions app."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "accreditation_engine.decisions"
    label = "decisions"

    def ready(self) -> None:
        from . import effects, guards, words  # noqa: F401 - they register themselves
