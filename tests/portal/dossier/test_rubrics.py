"""What criteria are called away from their rubrics."""

from __future__ import annotations

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.portal.dossier.rubrics import criterion_called
from tests.support.small import RUBRIC
from tests.support.world import TINY, World, changed


def test_criteria_of_two_rubrics_that_are_called_alike_are_told_apart(world: World) -> None:
    both = changed(TINY, ("subject: dossier", "rubrics: [mini, other]\nsubject: dossier"))
    other = changed(RUBRIC, ("rubric: mini", "rubric: other"), ("أ ٢, en", "سواه, en"))
    scheme = compiled(world.scheme(both, RUBRIC, other))
    called = [
        criterion_called(scheme, rubric, name) for rubric in ("mini", "other") for name in ("a-1", "a-2")
    ]
    assert ["مصغرة" in each for each in called] == [True, False, True, False]
