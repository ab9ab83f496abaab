"""Which pages are the same on any database."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent

ASK_SIMPLY = (
    "account",
    "allocation",
    "auditor/test_event_page.py",
    "auditor/test_finding_trail.py",
    "auditor/test_kinds.py",
    "auditor/test_looks.py",
    "auditor/test_trail.py",
    "auditor/test_verification_page.py",
    "certificate",
    "colleagues",
    "complaints",
    "dossier",
    "erasure",
    "interests",
    "methodologist",
    "ngo",
    "panel",
    "papers",
    "profile",
    "questions",
    "report",
    "reviewer",
    "sending",
    "session_ended",
    "templatetags",
    "test_compressed.py",
    "test_errors.py",
    "together",
    "visits",
)
"""Pages that show what the domain finds and do what it offers: its own tests try both on every database. What
these pages ask themselves is simple, and the walk of `visibility` asks for each of them on every database. All
others, and what is new, are tried on all: lists that search, count and sort in SQL, and what several connections
do at once.
"""


@pytest.hookimpl(tryfirst=True)  # before -m is obeyed
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    simple = {HERE / each for each in ASK_SIMPLY}
    for each in items:
        if not simple.isdisjoint({each.path, *each.path.parents}) and not _of_several_connections(each):
            each.add_marker("same_on_any_database")


def _of_several_connections(item: pytest.Item) -> bool:
    return any(each.kwargs.get("transaction") for each in item.iter_markers("django_db"))
