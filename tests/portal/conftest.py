"""Which pages are the same on any database."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent

ASK_SIMPLY = frozenset(
    {
        "allocation",
        "certificate",
        "dossier",
        "interests",
        "ngo",
        "panel",
        "questions",
        "report",
        "reviewer",
        "templatetags",
        "together",
        "visits",
    }
)
"""Folders whose pages show what the domain finds and do what it offers: its own tests try both on every
database. What these pages ask themselves is simple, and the walk of `visibility` asks for each of them on
every database. All other folders, and one that is new, are tried on all."""


@pytest.hookimpl(tryfirst=True)  # before -m is obeyed
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for each in items:
        if each.path.is_relative_to(HERE) and each.path.relative_to(HERE).parts[0] in ASK_SIMPLY:
            each.add_marker("same_on_any_database")
