"""A step that is not yet possible: so long must have passed since another one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.formats import date_format

from accreditation_engine.definitions.durations import after
from accreditation_engine.engine.options import options
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Reason, Refused
from tests.support.world import TINY, World, changed, later

WAITS = changed(
    TINY,
    (
        "by: [coordinator, auditor]}",
        "by: [coordinator, auditor], requires: [{waited: {since: submit, at_least: P10D}}]}",
    ),
)


def reasons(act: Any) -> list[Reason]:
    with pytest.raises(Refused) as refused:
        act()
    return list(refused.value.reasons)


def test_a_step_waits_until_its_day_and_says_which_that_is(world: World) -> None:
    world.scheme(WAITS)
    file, coordinator = world.dossier("checking", scheme="tiny"), world.person("coordinator")
    first = after(timezone.localdate(), "P10D")
    (reason,) = reasons(lambda: perform(file, "finish", coordinator))
    assert (reason.code, reason.parameters["from"]) == ("not_long_enough", first.isoformat())
    for language in ("ar", "en"):
        with translation.override(language):
            assert date_format(first, "j F Y") in str(reason).replace("\u2068", "").replace("\u2069", "")
    (offered,) = [each for each in options(file, coordinator) if each.name == "finish"]
    assert [each.code for each in offered.reasons] == ["not_long_enough"]
    with later(days=9):
        assert reasons(lambda: perform(file, "finish", coordinator)) == [reason]
    with later(days=10):
        perform(file, "finish", coordinator)
    assert file.state == "done"


def test_what_was_done_last_counts(world: World) -> None:
    world.scheme(WAITS)
    file = world.dossier("checking", scheme="tiny")
    with later(days=9):
        world.perform(file, "send_back")
        world.perform(file, "submit")
    with later(days=11):
        assert [each.code for each in reasons(lambda: world.perform(file, "finish"))] == ["not_long_enough"]
    with later(days=20):
        world.perform(file, "finish")


def test_each_of_many_waits_by_itself(world: World) -> None:
    world.scheme(WAITS)
    early = world.dossier("checking", scheme="tiny")
    with later(days=5):
        late = world.dossier("checking", scheme="tiny")
    with later(days=12):
        result = perform_many([early, late], "finish", world.person("coordinator"))
    assert set(result.events) == {early.pk}
    assert set(result.refused) == {late.pk}


def test_a_refused_attempt_is_no_step_taken(world: World) -> None:
    never = changed(
        WAITS,
        ("since: submit", "since: remark"),
    )
    world.scheme(never)
    file = world.dossier("draft", scheme="tiny")
    reasons(lambda: perform(file, "remark", world.applicant))
    world.perform(file, "submit")
    with later(days=40):
        (reason,) = reasons(lambda: world.perform(file, "finish"))
    assert reason.code == "step_not_taken"
    with translation.override("en"):
        assert "“Remark” comes first." in str(reason)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("since: submit", "since: sumbit", "did you mean 'submit'"), ("P10D", "10 days", "not a duration")],
)
def test_a_step_that_does_not_exist_is_an_error_of_the_definition(
    world: World, old: str, new: str, words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        world.scheme(changed(WAITS, (old, new)))


def test_time_is_counted_from_the_day_and_not_from_the_hour(world: World) -> None:
    world.scheme(WAITS)
    file = world.dossier("checking", scheme="tiny")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with time_machine.travel(midnight + timedelta(days=10, minutes=1)):
        world.perform(file, "finish")
