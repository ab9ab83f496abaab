"""A clock that something else contradicts."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from accreditation_engine.certificates.finished.finishing import finish
from accreditation_engine.engine.clock import ClockDoubted, doubts
from accreditation_engine.engine.jobs.kept import take_overdue_steps
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import TINY, World, overdue

HOME = reverse("home")


@pytest.fixture(autouse=True)
def _compared(settings: Settings, keys_of_its_own: None) -> None:
    settings.CLOCKS_MAY_DIFFER = timedelta(minutes=2)


def test_a_clock_that_the_database_contradicts_takes_no_deadline_and_signs_nothing(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.scheme(TINY)
    draft, certificate = (
        world.dossier("draft", scheme="tiny"),
        world.dossier("certified").certificates.get(),
    )
    assert doubts() == ""
    with overdue(draft):
        if connection.vendor == "sqlite":
            assert doubts() == "", "there is one clock"
            take_overdue_steps()
            return
        with override("en"), pytest.raises(ClockDoubted, match="and that of the database"):
            take_overdue_steps()
        with override("en"), pytest.raises(SystemExit):
            call_command("sweep")
        assert "set the one that is wrong" in capsys.readouterr().err
        with pytest.raises(ClockDoubted):
            finish(certificate)
        again = ("--again", certificate.number, "--reason", "تصحيح", "--by", "system")
        with override("en"), pytest.raises(SystemExit):
            call_command("finish_certificates", *again)
        assert "no certificate is signed" in capsys.readouterr().err
        assert "The clock is to be looked at" in text_of(visitor(world.person("administrator")).get(HOME))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_clock_behind_the_latest_checkpoint_is_told_to_administrators_and_stops_nothing(
    world: World,
) -> None:
    administrator = world.person("administrator")
    assert "The clock" not in text_of(visitor(administrator).get(HOME))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        world.dossier("draft")
        make_checkpoint()
    assert "the latest checkpoint was signed at" in text_of(visitor(administrator).get(HOME))
    assert "the latest checkpoint was signed at" not in text_of(visitor(world.person("panel")).get(HOME))
    clocks = 1 if connection.vendor == "postgresql" else 0  # which has one of its own to be asked
    assert queries_for(visitor(administrator), HOME) <= 15 + clocks
    take_overdue_steps()
