"""The rivals' app."""

from __future__ import annotations

from django.apps import AppConfig


class RivalsConfig(AppConfig):
    name = "benchmarks.rivals"
    label = "rivals"
