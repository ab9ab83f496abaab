"""The dossiers app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject


class DossiersConfig(AppConfig):
    name = "accreditation_engine.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from . import bundle, guards, words  # noqa: F401 - they register themselves
        from .subject import register

        register()
        bundle.register()
        protect_subject("dossiers_dossier", "number", "scheme", "organisation_id")
