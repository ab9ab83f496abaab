"""What happened since somebody was here: what their letters tell them, as it may be told today."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.engine.perform import perform
from accreditation_engine.portal.news.last_visit import OVER
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

HOME, NEWS = reverse("home"), reverse("news")
BEFORE = "Something happened since your last visit"

pytestmark = pytest.mark.django_db


def test_home_tells_that_something_happened_when_one_was_away(world: World) -> None:
    dossier, applicant = world.dossier("screening"), visitor(world.applicant)
    assert BEFORE not in text_of(applicant.get(HOME))
    now = timezone.now()
    with time_machine.travel(now + timedelta(hours=5)):
        perform(
            dossier, "return_for_completion", world.person("coordinator"), comment="The statutes are missing"
        )
    with time_machine.travel(now + timedelta(hours=9)):
        assert BEFORE in text_of(applicant.get(HOME))
        told = text_of(applicant.get(NEWS))
        assert "What is new since then is marked" in told
        assert f"{dossier.number} New" in told
    with time_machine.travel(now + timedelta(hours=9) + OVER / 2):
        assert BEFORE in text_of(applicant.get(HOME))
    with time_machine.travel(now + timedelta(hours=11, minutes=30)):
        assert BEFORE not in text_of(applicant.get(HOME))
        assert f"{dossier.number} New" not in text_of(applicant.get(NEWS))
        assert dossier.number in text_of(applicant.get(NEWS))


def test_news_of_a_file_are_told_to_nobody_else(world: World) -> None:
    dossier = world.dossier("returned")
    assert dossier.number not in text_of(visitor(world.stranger).get(NEWS))
    assert "Nothing was written to you yet" in text_of(visitor(world.stranger).get(NEWS))


def test_news_cost_the_same_when_there_are_many(world: World) -> None:
    world.dossier("returned")
    applicant = visitor(world.applicant)
    few = queries_for(applicant, NEWS)
    for _more in range(4):
        world.dossier("returned")
    assert queries_for(applicant, NEWS) == few <= 10
