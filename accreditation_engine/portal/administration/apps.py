"""The administration app: imports of organisations, with their rows."""

from __future__ import annotations

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "accreditation_engine.portal.administration"
    label = "administration"

    def ready(self) -> None:
        from . import import_running  # noqa: F401 - it registers its periodic job
