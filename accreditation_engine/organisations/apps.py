"""The organisations app."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "accreditation_engine.organisations"
    label = "organisations"

    def ready(self) -> None:
        from . import effects, roles, verification, words  # noqa: F401 - they register themselves

        roles.register()
