"""Which dossiers have been decided."""

from __future__ import annotations

from typing import Any

import pytest

from accreditation_engine.dossiers.decided import decided
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from tests.support.small import RUBRIC, WORKFLOW, ask, fill
from tests.support.world import World, changed


@pytest.mark.parametrize(
    ("state", "is_decided"),
    [
        ("reviewed", False),
        ("deciding", False),
        ("certified", True),
        ("refused", True),
        ("appealing", False),
        ("refusal_final", True),
        ("withdrawn", False),
        ("lapsed", False),
    ],
)
def test_a_file_is_decided_when_the_panel_moved_it_and_none_waits(
    world: World, state: str, is_decided: bool
) -> None:
    dossier = world.dossier(state)
    assert decided(Dossier.objects.all()).filter(pk=dossier.pk).exists() is is_decided


def test_files_are_decided_when_they_end_under_a_workflow_without_a_panel(
    world: World, django_assert_num_queries: Any
) -> None:
    head, vote = WORKFLOW.index("  new_ballot:"), WORKFLOW.index("  grant:")
    text = (WORKFLOW[:head] + WORKFLOW[vote:]).replace("by: [panel]", "by: [administrator]")
    text = changed(text, ("waits_for: panel", "waits_for: administrator"))
    text = changed(text, ("      - votes: {quorum: 3, share: 1/2, more_than: true}\n", ""))
    world.scheme(text.replace(", open_ballot", ""), RUBRIC)
    dossier = world.dossier("in_review", scheme="mini")
    fill(ask(world, dossier, world.person("reviewer")), "4", "4", "3")
    perform(dossier, "send_review", world.person("reviewer"))
    world.perform(dossier, "close")
    assert not decided(Dossier.objects.all()).exists()
    world.perform(dossier, "grant")
    with django_assert_num_queries(2):
        assert list(decided(Dossier.objects.all())) == [dossier]
