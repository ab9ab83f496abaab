"""The trail app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class TrailConfig(AppConfig):
    name = "accreditation_engine.trail"
    label = "trail"

    def ready(self) -> None:
        from .folding import teach

        # Each is sent once for this app: before any migration runs, and once the tables of every app are as
        # the migrations left them.
        pre_migrate.connect(_make_way, sender=self, dispatch_uid="trail.make_way")
        post_migrate.connect(_protect, sender=self, dispatch_uid="trail.protection")
        connection_created.connect(teach, dispatch_uid="trail.folding")


def _make_way(*, using: str, plan: Sequence[Any], **_: Any) -> None:
    """SQLite rebuilds a table to alter it, and cannot put a new one into the place of a table that triggers
    elsewhere speak of. PostgreSQL alters tables in place, triggers and all."""
    from .protection import remove

    if plan and connections[using].vendor == "sqlite":
        remove(connections[using])


def _protect(*, using: str, **_: Any) -> None:
    from .protection import install

    install(connections[using])
