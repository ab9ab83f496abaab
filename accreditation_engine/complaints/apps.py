"""The complaints app."""

from __future__ import annotations

from django.apps import AppConfig

from accreditation_engine.trail.protection import protect_subject


class ComplaintsConfig(AppConfig):
    name = "accreditation_engine.complaints"
    label = "complaints"

    def ready(self) -> None:
        from accreditation_engine.certificates.webhooks.told.topics import tell_of

        # Guards, effects, words and comparisons register themselves.
        from . import auditing, bundle, erasing, replay, stored, subject, telling, words  # noqa: F401
        from .told_elsewhere import CONCERNS

        subject.register()
        bundle.register()
        erasing.register()
        tell_of(CONCERNS)
        protect_subject("complaints_complaint", "dossier_id", "number", "about", "happened_on", "receipt")
