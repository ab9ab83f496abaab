"""Whatever is done to a file, in any order: its bundle is found right. The verifier tells rows from events by
itself, and must not come to anything else than the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings as hypothesis
from hypothesis.stateful import run_state_machine_as_test

from tests.engine.replay.busy import GUARDED, RECONCILED
from tests.engine.replay.test_random_walks import SCHEMES, Walk
from tests.support.bundles import checked, files_of
from tests.support.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database,  # the verifier reads the zip, and never whence its rows came
]


class BundledWalk(Walk):
    def remember(self) -> None:
        """Nothing: what stood in between is for the replay."""

    def teardown(self) -> None:
        try:
            report = checked(files_of([self.dossier.pk]))
            assert [each.line("en") for each in report.problems] == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)


@pytest.mark.parametrize(("scheme", "starts"), SCHEMES.values(), ids=SCHEMES)
def test_the_bundle_of_a_file_is_right_whatever_was_done_to_it(
    world: World, settings: Any, tmp_path: Path, scheme: str, starts: tuple[str, ...]
) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    world.scheme(GUARDED, RECONCILED)
    machine = type("Bundled", (BundledWalk,), {"world": world, "scheme": scheme, "starts": starts})
    run_state_machine_as_test(
        machine, settings=hypothesis(max_examples=8, stateful_step_count=25, deadline=None)
    )
