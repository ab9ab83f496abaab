"""Static files as a site serves them: collected, each under a name that tells its content."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from accreditation_engine.portal.static_files import StaticFiles

SCRIPTS = Path(__file__).parents[2] / "accreditation_engine" / "portal" / "static" / "portal" / "saving"


@pytest.fixture
def collected(tmp_path: Path, settings: object) -> Path:
    settings.STATIC_ROOT = tmp_path  # type: ignore[attr-defined]
    storage = "accreditation_engine.portal.static_files.StaticFiles"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}  # type: ignore[attr-defined]
    call_command("collectstatic", "--no-input", verbosity=0)
    return tmp_path


def test_scripts_find_each_other_by_their_content_when_they_are_collected(collected: Path) -> None:
    storage = StaticFiles(location=str(collected))
    entry = (collected / storage.stored_name("portal/saving/page.js")).read_text(encoding="utf-8")
    found = re.findall(r'from "\./([^"]+)"', entry)
    assert found == [
        storage.stored_name(f"portal/saving/{name}.js").rpartition("/")[2]
        for name in ("autosave", "say", "unsent", "words")
    ]
    assert all((collected / "portal" / "saving" / name).exists() for name in found)


def test_scripts_find_those_of_another_folder_by_their_content(collected: Path) -> None:
    storage = StaticFiles(location=str(collected))
    entry = collected / storage.stored_name("portal/sending/sending.js")
    found = re.findall(r'from "(\.\.?/[^"]+)"', entry.read_text(encoding="utf-8"))
    assert any(each.startswith("../") for each in found)
    assert all(each.count(".") >= 3 and (entry.parent / each).exists() for each in found)


def test_saving_is_light_when_it_travels() -> None:
    travels = sum(len(gzip.compress(each.read_bytes())) for each in SCRIPTS.glob("*.js"))
    assert travels < 12_000
