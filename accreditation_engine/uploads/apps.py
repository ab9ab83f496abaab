"""The uploads app."""

from __future__ import annotations

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "accreditation_engine.uploads"
    label = "uploads"

    def ready(self) -> None:
        from . import expiring  # noqa: F401 - it registers itself
