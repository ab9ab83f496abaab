"""Which tests are the same on any database."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent

ASK_SIMPLY = (
    "api/dossiers",
    "api/test_as_described.py",
    "api/trail",
    "certificates/checking",
    "certificates/keys/test_signing_keys.py",
    "certificates/tokens",
    "demo",
    "portal/account",
    "portal/administration",
    "portal/allocation",
    "portal/auditor/road",
    "portal/auditor/test_as_of.py",
    "portal/auditor/test_event_page.py",
    "portal/auditor/test_finding_trail.py",
    "portal/auditor/test_key_sentences.py",
    "portal/auditor/test_kinds.py",
    "portal/auditor/test_looks.py",
    "portal/auditor/test_refused_words.py",
    "portal/auditor/test_trail.py",
    "portal/auditor/test_verification_page.py",
    "portal/calendar",
    "portal/certificate",
    "portal/colleagues",
    "portal/complaints",
    "portal/dossier",
    "portal/erasure",
    "portal/interests",
    "portal/letters",
    "portal/methodologist",
    "portal/news",
    "portal/ngo",
    "portal/panel",
    "portal/papers",
    "portal/profile",
    "portal/public/test_about.py",
    "portal/public/test_check.py",
    "portal/public/test_for_programs.py",
    "portal/questions",
    "portal/report",
    "portal/reviewer",
    "portal/sending",
    "portal/session_ended",
    "portal/sittings",
    "portal/templatetags",
    "portal/test_compressed.py",
    "portal/test_errors.py",
    "portal/together",
    "portal/trail",
    "portal/visibility/test_anonymous.py",
    "portal/visibility/test_readers.py",
    "portal/visibility/test_side_doors.py",
    "portal/visits",
    "portal/webhooks",
)
"""Pages and programs that show what the domain finds and do what it offers: its own tests try both on every
database. What these ask themselves is simple, and the walk of `portal/visibility` asks for each page on every
database. All others, and what is new, are tried on all: lists that search, count and sort in SQL, and what several
connections do at once.
"""


def mark(items: list[pytest.Item]) -> None:
    simple = {HERE / each for each in ASK_SIMPLY}
    for each in items:
        if not simple.isdisjoint({each.path, *each.path.parents}) and not _of_several_connections(each):
            each.add_marker("same_on_any_database")


def _of_several_connections(item: pytest.Item) -> bool:
    return any(each.kwargs.get("transaction") for each in item.iter_markers("django_db"))
