"""The demo app: a small invented world."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "accreditation_engine.demo"
    label = "demo"
