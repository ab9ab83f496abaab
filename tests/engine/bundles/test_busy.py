"""A bundle of a site where others are at work."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from accreditation_engine.engine.bundles.making import make_bundle
from accreditation_engine.trail.bundle.verify_trail import check_at, trust
from tests.support.world import TINY, World, at_once


@pytest.mark.django_db(transaction=True)
def test_a_bundle_shows_one_moment_while_others_write(world: World, settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    world.scheme(TINY)
    dossier = world.dossier("draft", scheme="tiny")

    def work() -> None:
        for _ in range(15):
            world.perform(dossier, "submit")
            world.perform(dossier, "send_back")

    def bundle(number: int) -> list[str]:
        memory = io.BytesIO()
        make_bundle([dossier.pk], memory)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(memory.getvalue())
        return [each.line("en") for each in check_at(path, trust([], None, None)).problems]

    outcomes = at_once(work, lambda: [bundle(number) for number in range(6)])
    assert outcomes == [None, [[]] * 6]
