"""What every test may use. The settings are tests/settings.py; the databases are made by tests/run.py."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as settings_of_tests
from django.utils import translation
from hypothesis import settings as hypothesis
from pytest_django import Settings

from tests import same_anywhere
from tests.support.browser import browser, open_page  # noqa: F401
from tests.support.world import world  # noqa: F401

gc.set_threshold(50_000, 20, 20)  # Python's own choice is for programs with fewer objects and less memory

DATABASE = {"db", "transactional_db"}

LONG = {
    "test_a_season_ends_and_nobody_judged_where_they_had_an_interest",
    "test_nothing_is_wrong_with_any_page_when_it_is_opened",
    "test_axe_finds_nothing_when_the_main_pages_are_opened",
    "test_axe_finds_nothing_when_every_part_is_on_one_page",
}
"""What takes longest comes first, so that no worker has to wait for another at the end."""

# How long an example takes says how busy the machine is. All else as hypothesis has it, here and in CI.
hypothesis.register_profile(
    "tests", hypothesis.get_profile(hypothesis.get_current_profile_name()), deadline=None
)
hypothesis.load_profile("tests")


@pytest.fixture
def keys_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """The keys that sign checkpoints lie where no other test looks."""
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture(autouse=True)
def _signs_anew() -> Iterator[None]:
    """Databases are emptied after tests; what was signed of them, beside the keys, goes as well."""
    yield
    for path in Path(settings_of_tests.KEYS_DIR).glob("*.signed"):
        path.unlink()


@pytest.fixture(autouse=True)
def _language_of_the_site() -> Iterator[None]:
    """A page that was asked for in English leaves its language active in this thread."""
    yield
    translation.deactivate()


@pytest.hookimpl(tryfirst=True)  # before -m is obeyed
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: from the first on, Playwright's event loop runs in this thread. Tests that use no
    database are marked, and so are those that are the same on any, so that they can be left out where another
    database is tried."""
    same_anywhere.mark(items)
    for each in items:
        if not (
            each.get_closest_marker("django_db") or DATABASE.intersection(getattr(each, "fixturenames", ()))
        ):
            each.add_marker("without_database")
    items.sort(key=lambda item: ("browser" in getattr(item, "fixturenames", ()), _name(item) not in LONG))


def _name(item: pytest.Item) -> str:
    return str(getattr(item, "originalname", item.name))


def pytest_collection_finish() -> None:
    """What was imported and collected stays until the end: no search for garbage walks through it again."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run in which every test was skipped has tested nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    counts = reporter.stats if reporter and not session.config.option.collectonly else {"passed": True}
    if exitstatus == pytest.ExitCode.OK and not (counts.get("passed") or counts.get("xfailed")):
        session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    could_not_run = os.environ.get("COULD_NOT_RUN")
    if could_not_run:
        terminalreporter.section("could not run here")
        terminalreporter.line(could_not_run)
