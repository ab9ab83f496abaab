"""The complaints app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject


class ComplaintsConfig(AppConfig):
    name = "accreditation_engine.complaints"
    label = "complaints"

    def ready(self) -> None:
        from . import subject, telling, words  # noqa: F401 - effects and words register themselves

        subject.register()
        protect_subject("complaints_complaint", "dossier_id", "number", "about", "happened_on", "receipt")
