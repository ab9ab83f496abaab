"""A world that is put back is the one that was played."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.verification import verify

from .remembered import watched
from .world import World, at_once, later, new_world

Rows = dict[str, list[dict[str, Any]]]
FEW = 10  # Whoever plays a file asks for much more, whoever puts it back for next to nothing.


def every_row() -> Rows:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models(include_auto_created=True)
    }


def asked(
    world: World, level: float, before: Callable[[], Any] = bool, state: str = "screening"
) -> tuple[bool, Rows]:
    """Whether a file was put back, and all that is there then; it is taken away again."""
    done = world.past.done
    with transaction.atomic():
        before()
        with CaptureQueriesContext(connection) as captured:
            world.dossier(state, level=level)
        found = every_row()
        assert list(verify()) == []
        transaction.set_rollback(True)
    world.past.done = done
    return reads(captured) < FEW, found


def reads(captured: CaptureQueriesContext) -> int:
    return sum(each["sql"].startswith("SELECT") for each in captured)


def test_every_row_is_what_it_was_when_a_file_is_put_back(world: World) -> None:
    played, put_back = (asked(world, 0.9301, state="certified") for _ in range(2))
    assert (played[0], put_back[0]) == (False, True)
    assert played[1] == put_back[1]


def test_a_file_is_played_anew_when_something_else_was_written(world: World) -> None:
    asked(world, 0.9302)
    assert not asked(world, 0.9302, before=lambda: User.objects.update(name="x"))[0]
    assert not asked(world, 0.9302, before=world.organisation)[0]
    assert asked(world, 0.9302)[0]


def test_a_file_is_played_anew_when_its_evidence_is_gone(world: World) -> None:
    (evidence, *_) = asked(world, 0.9303)[1]["dossiers.Evidence"]
    default_storage.delete(evidence["file"])
    assert not asked(world, 0.9303)[0]
    assert default_storage.exists(evidence["file"])
    assert asked(world, 0.9303)[0]


def test_a_file_is_played_anew_when_time_settings_or_code_are_others(
    world: World, request: pytest.FixtureRequest
) -> None:
    asked(world, 0.9304)
    with later(days=1):
        assert not asked(world, 0.9304)[0]
    with override_settings(LANGUAGE_CODE="en"):
        assert not asked(world, 0.9304)[0]
    request.getfixturevalue("monkeypatch").setattr(User, "patched", True, raising=False)
    assert not asked(world, 0.9304)[0]


def test_what_has_more_to_do_when_it_is_committed_is_done_anew(world: World) -> None:
    def work() -> str:
        name = world.new_person("later").name
        transaction.on_commit(list)
        return name

    for _ in range(2):
        done = world.past.done
        with transaction.atomic():
            assert world.past.outcome_of(work, "more to do") == "later"
            assert world.past.done is None
            assert len(connection.run_on_commit) == 1
            transaction.set_rollback(True)
        world.past.done = done


def test_threads_see_what_is_put_back_and_it_is_played_anew_after_they_wrote(
    transactional_db: None, request: pytest.FixtureRequest
) -> None:
    for _ in range(2):
        with watched(request, request.getfixturevalue("monkeypatch")) as past:
            world = new_world(past)
            with CaptureQueriesContext(connection) as captured:
                dossier = world.dossier("screening", level=0.9305)
            (event,) = at_once(partial(perform, dossier, "withdraw", world.applicant, comment="-"))
            assert event.target == "withdrawn"
            assert list(verify()) == []
            with CaptureQueriesContext(connection) as afterwards:
                world.dossier("screening", level=0.9305)
            assert reads(afterwards) > FEW
        call_command("flush", interactive=False, verbosity=0)
    assert reads(captured) < FEW
