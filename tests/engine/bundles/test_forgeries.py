"""Whoever has only the bundle and Python finds every forgery."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.engine.bundles.making import make_bundle
from accreditation_engine.trail.bundle import verify_trail
from accreditation_engine.trail.models import Checkpoint
from tests.support.forgeries import FORGERIES, Site, forged, rewrite_everything, site
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def forgeable(world: World, settings: Any, tmp_path: Path) -> Site:
    settings.KEYS_DIR = tmp_path / "keys"
    return site(world)


def bundle_of(forgeable: Site, path: Path) -> Path:
    with path.open("wb") as file:
        make_bundle(forgeable.dossiers, file, with_evidence=True, without_checkpoint=True)
    return path


def checked(bundle: Path, *, checkpoint: str | None = None) -> verify_trail.Report:
    return verify_trail.check_at(bundle, verify_trail.trust([], checkpoint, None))


def found_in(bundle: Path) -> list[str]:
    """What a Python with nothing installed finds: it has no `cryptography`."""
    command = [sys.executable, "-I", "-S", verify_trail.__file__, str(bundle), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert done.returncode == int(not document["ok"])
    return [each["code"] for each in document["problems"]]


def test_what_nobody_forged_is_all_right(forgeable: Site, tmp_path: Path) -> None:
    report = checked(bundle_of(forgeable, tmp_path / "whole.zip"))
    assert [each.line("en") for each in report.problems] == []
    assert report.streams > 2
    assert found_in(tmp_path / "whole.zip") == []


def test_a_python_with_nothing_installed_finds_a_forgery(forgeable: Site, tmp_path: Path) -> None:
    with forged(FORGERIES["forge a checkpoint"], forgeable):
        bundle = bundle_of(forgeable, tmp_path / "forged.zip")
    assert "bad_signature" in found_in(bundle)


def test_every_forgery_is_found_in_the_bundle_alone(
    forgeable: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without `cryptography`. One world for all, because it takes a while to make: each forgery is taken
    back before the next."""
    missed, differently = [], []
    for number, (name, forgery) in enumerate(FORGERIES.items()):
        with forged(forgery, forgeable):
            bundle = bundle_of(forgeable, tmp_path / f"{number}.zip")
        codes = [each.code for each in checked(bundle).problems]
        missed += [] if codes else [name]
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, "cryptography", None)
            by_hand = [each.code for each in checked(bundle).problems]
        differently += [] if codes == by_hand else [name]
    assert missed == []
    assert differently == [], "without the library something else is found"
    assert len(FORGERIES) >= 12
    report = checked(bundle_of(forgeable, tmp_path / "afterwards.zip"))
    assert report.ok, [each.line("en") for each in report.problems]


def test_whoever_rewrites_all_under_the_key_of_the_site_is_found_with_a_checkpoint_that_was_kept(
    forgeable: Site, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(Checkpoint.objects.get().note)
    with forged(rewrite_everything, forgeable):
        bundle = bundle_of(forgeable, tmp_path / "bundle.zip")
    alone = checked(bundle)
    assert alone.ok
    assert "no_earlier" in [code for code, _ in alone.notes]
    with_it = checked(bundle, checkpoint=str(kept))
    assert [each.code for each in with_it.problems] == ["not_continued"]


def test_a_bundle_in_memory_is_the_same_as_one_on_disk(forgeable: Site, tmp_path: Path) -> None:
    memory = io.BytesIO()
    make_bundle(forgeable.dossiers, memory, with_evidence=True)
    (tmp_path / "memory.zip").write_bytes(memory.getvalue())
    assert found_in(tmp_path / "memory.zip") == []
