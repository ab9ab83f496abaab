"""The decisions app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_append_only


class DecisionsConfig(AppConfig):
    name = "accreditation_engine.decisions"
    label = "decisions"

    def ready(self) -> None:
        from . import bundle, effects, guards, replay, verification, words  # noqa: F401 - they register themselves

        bundle.register()
        protect_append_only("decisions_ballot")
        protect_append_only("decisions_vote")
