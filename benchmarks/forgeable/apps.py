"""The app of the files to forge."""

from __future__ import annotations

from django.apps import AppConfig


class ForgeableConfig(AppConfig):
    name = "benchmarks.forgeable"
    label = "forgeable"
