"""Several processes find what one finds when events are told again."""

from __future__ import annotations

import pytest
from django.db import connection

from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.replay.sharing import differences
from accreditation_engine.trail import protection
from accreditation_engine.trail.problems import Tally
from tests.support.world import World
from tests.trail.forging import execute

from .busy import self_assessed

pytestmark = pytest.mark.django_db(transaction=True)


def told(processes: int) -> tuple[list[object], Tally]:
    tally = Tally()
    return list(differences(None, tally, processes)), tally


def test_several_processes_find_what_one_finds(world: World) -> None:
    for _ in range(3):
        self_assessed(world)
    sound, counted = told(2)
    assert sound == []
    assert counted.told_streams >= Dossier.objects.count()
    assert told(1) == (sound, counted)
    with protection.lifted(connection):
        execute("UPDATE dossiers_answer SET rating = '1'")
    wrong, _ = told(2)
    assert len(wrong) == Answer.objects.count() > 0
    assert sorted(map(str, wrong)) == sorted(map(str, told(1)[0]))
