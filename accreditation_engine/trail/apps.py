"""The trail app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TrailConfig(AppConfig):
    name = "accreditation_engine.trail"
    label = "trail"

    def ready(self) -> None:
        # Sent once this app's tables, and those of every other app, are as the migrations left them.
        post_migrate.connect(_protect, sender=self, dispatch_uid="trail.protection")


def _protect(*, using: str, **_: Any) -> None:
    from .protection import install

    install(connections[using])
