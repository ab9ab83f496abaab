"""What every test of the API may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def asked_nothing_yet(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Requests are counted in the cache; keys of a test are its own."""
    settings.KEYS_DIR = tmp_path / "keys"
    cache.clear()
    yield
    cache.clear()
