"""The api app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "accreditation_engine.api"
    label = "api"

    def ready(self) -> None:
        from . import forgetting  # noqa: F401 - it registers itself
