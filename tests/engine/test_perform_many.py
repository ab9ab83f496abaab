"""A batch goes the way of each of its subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.perform import Result, perform, perform_many
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.canonical import NotCanonical
from accreditation_engine.trail.models import Event, Text
from accreditation_engine.trail.verification import verify
from tests.support.world import TINY, World, changed, in_state, later

pytestmark = pytest.mark.django_db

NEWER = changed(
    TINY,
    ('edition: "1"', 'edition: "2"'),
    ("by: [coordinator, auditor]}", "by: [auditor], comment: required}"),
)


@pytest.fixture
def schemes(world: World) -> World:
    world.scheme(TINY)
    return world


def some(world: World, states: Sequence[str]) -> list[Dossier]:
    return [_one(world, state) for state in states]


def _one(world: World, state: str) -> Dossier:
    dossier = world.dossier("draft" if state == "lapsed" else state, scheme="tiny")
    if state == "lapsed":
        perform(dossier, "lapse", SYSTEM)
    return dossier


def loop(subjects: Sequence[Dossier], transition: str, actor: Any, **more: Any) -> Result:
    """What perform_many does, one after the other."""
    result = Result()
    for subject in subjects:
        try:
            result.events[subject.pk] = perform(subject, transition, actor, **more)
        except Refused as refusal:
            result.refused[subject.pk] = refusal.reasons
    return result


def told(subjects: Sequence[Dossier], result: Result) -> list[Any]:
    """What became of each subject, in the database, in its instance, and in the result; nothing that differs
    from one subject to the next by nature."""
    return [_told(subject, result) for subject in subjects]


def _told(subject: Dossier, result: Result) -> Any:
    stands, event = in_state(subject), Event.objects.filter(stream=subject.pk).latest("seq")
    comment = Text.objects.filter(stream=subject.pk, seq=event.seq).values_list("text", flat=True).first()
    shown = (subject.state, subject.state_seq, subject.entered_seq, subject.deadline_at is None)
    moved = result.events.get(subject.pk)
    content = {name: event.content[name] for name in ("seq", "kind", "actor", "role", "transition", "data")}
    columns = (stands["state"], stands["state_seq"], stands["entered_seq"], stands["deadline_at"] is None)
    hashes = moved is None or moved.hash == event.hash
    return columns, shown, content, comment, hashes, result.refused.get(subject.pk)


def test_a_batch_comes_to_the_same_as_the_loop(schemes: World) -> None:
    roles = ["applicant", "coordinator", "auditor", "panel"]

    @given(
        st.lists(st.sampled_from(["draft", "checking", "done", "lapsed"]), min_size=1, max_size=5),
        st.sampled_from(["submit", "remark", "send_back", "finish", "lapse", "nothing"]),
        st.sampled_from([*roles, "stranger", "system"]),
        st.sampled_from(["", "why"]),
        st.integers(0, 40),
    )
    @settings(max_examples=40)
    def compare(states: list[str], transition: str, role: str, comment: str, days: int) -> None:
        people = {"stranger": schemes.stranger, "system": SYSTEM}
        actor = people.get(role) or schemes.person(role)
        with transaction.atomic():
            one, other = some(schemes, states), some(schemes, states)
            with later(days=days):
                looped = told(one, loop(one, transition, actor, comment=comment))
                batched = told(other, perform_many(other, transition, actor, comment=comment))
            assert batched == looped
            transaction.set_rollback(True)

    compare()


def test_those_that_are_refused_stay_and_the_others_move(schemes: World) -> None:
    subjects = some(schemes, ["draft", "checking", "done", "checking"])
    result = perform_many(subjects, "send_back", schemes.person("coordinator"), comment="why")
    assert [each.state for each in subjects] == ["draft", "draft", "done", "draft"]
    assert list(result.events) == sorted((subjects[1].pk, subjects[3].pk))
    assert {pk: reasons[0].code for pk, reasons in result.refused.items()} == {
        subjects[0].pk: "wrong_state",
        subjects[2].pk: "wrong_state",
    }
    assert list(verify()) == []


def test_each_is_judged_by_its_own_edition(schemes: World) -> None:
    older = some(schemes, ["checking"])
    schemes.scheme(NEWER)
    newer = some(schemes, ["checking"])
    result = perform_many([*older, *newer], "finish", schemes.person("coordinator"))
    assert list(result.events) == [older[0].pk]
    assert [each.code for each in result.refused[newer[0].pk]] == ["not_your_role"]


def test_a_step_that_only_one_edition_knows_moves_those_under_it(schemes: World) -> None:
    older = some(schemes, ["draft"])
    schemes.scheme(changed(TINY, ('edition: "1"', 'edition: "2"'), ("  remark:", "  note:")))
    newer = some(schemes, ["draft"])
    result = perform_many([*older, *newer], "remark", schemes.person("coordinator"))
    assert list(result.events) == [older[0].pk]
    assert [each.code for each in result.refused[newer[0].pk]] == ["unknown_transition"]


def test_one_that_cannot_be_written_stops_all(schemes: World) -> None:
    subjects = some(schemes, ["draft", "draft"])
    events = Event.objects.count()
    with pytest.raises(NotCanonical):
        perform_many(subjects, "submit", schemes.applicant, data={"score": 0.5})
    assert [each.state for each in subjects] == ["draft", "draft"]
    assert Event.objects.count() == events


def test_one_that_does_not_exist_stops_all(schemes: World) -> None:
    (saved,) = some(schemes, ["draft"])
    unsaved = Dossier(edition_id=saved.edition_id, scheme="tiny", organisation=saved.organisation)
    with pytest.raises(Dossier.DoesNotExist):
        perform_many([saved, unsaved], "submit", schemes.applicant)
    assert in_state(saved)["state"] == saved.state == "draft"


def test_none_is_none(schemes: World) -> None:
    events = Event.objects.count()
    assert perform_many([], "submit", schemes.applicant) == Result()
    assert Event.objects.count() == events
