"""The dossiers app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject, protect_told


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
            scope_words,
            stored_files,
            words,
        )
        from .erasable import register as register_erasable
        from .migrating import register as register_what_is_kept
        from .stating_scope import SCOPE_STATED
        from .subject import register

        register()
        register_what_is_kept()
        bundle.register()
        register_erasable()
        protect_subject("dossiers_dossier", "number", "scheme", "organisation_id", "renews_id")
        protect_told("dossiers_dossier", SCOPE_STATED, scope_ar="ar", scope_en="en")
