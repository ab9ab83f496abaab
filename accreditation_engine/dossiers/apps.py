"""The dossiers app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject


class DossiersConfig(AppConfig):
    name = "accreditation_engine.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        from . import (  # noqa: F401 - they register themselves
            bundle,
            declaration,
            declaration_words,
            guards,
            migrating_letters,
            migrating_words,
            receipts,
            replay,
            replay_erasure,
            stored_files,
            words,
        )
        from .erasable import register as register_erasable
        from .migrating import register as register_what_is_kept
        from .subject import register

        register()
        register_what_is_kept()
        bundle.register()
        register_erasable()
        protect_subject("dossiers_dossier", "number", "scheme", "organisation_id", "renews_id")
