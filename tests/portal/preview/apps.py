"""The portal's parts without what stands behind the pages."""

from __future__ import annotations

from django.apps import AppConfig


class Parts(AppConfig):
    name = "accreditation_engine.portal"
    label = "portal"

    def import_models(self) -> None:
        """None: their tables need the other apps."""
        self.models: dict[str, object] = {}
