"""What somebody may do with a file now, and why not yet."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.options import options, options_of_many
from accreditation_engine.engine.perform import perform
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import Entry
from accreditation_engine.trail.models import Event, Head
from tests.support.world import TINY, World, changed, later

from .rules import RULED

pytestmark = pytest.mark.django_db


@pytest.fixture
def checking(world: World) -> Dossier:
    world.scheme(TINY)
    return world.dossier("checking", scheme="tiny")


def names(dossier: Dossier, person: User) -> list[str]:
    return [each.name for each in options(dossier, person)]


def test_steps_are_offered_in_the_order_of_the_file(world: World, checking: Dossier) -> None:
    assert names(checking, world.person("coordinator")) == ["send_back", "finish"]


def test_steps_of_others_are_not_shown(world: World, checking: Dossier) -> None:
    assert names(checking, world.person("auditor")) == ["finish"]
    assert names(checking, world.applicant) == names(checking, world.stranger) == []


def test_steps_of_other_states_are_not_shown(world: World, checking: Dossier) -> None:
    perform(checking, "finish", world.person("auditor"))
    assert names(checking, world.person("coordinator")) == []


def test_steps_of_the_system_are_not_shown(world: World) -> None:
    world.scheme(TINY)
    draft = world.dossier("draft", scheme="tiny")
    assert names(draft, world.applicant) == ["submit"]


def test_a_step_that_may_not_yet_be_taken_is_shown_with_every_reason(world: World, rules: None) -> None:
    world.scheme(RULED.replace("EFFECT", "explode"))
    draft = world.dossier("draft", scheme="ruled")
    (option,) = options(draft, world.applicant)
    assert (option.name, option.role, option.open) == ("submit", "applicant", False)
    assert [each.code for each in option.reasons] == ["never", "never"]
    with later(days=31):
        (option,) = options(draft, world.applicant)
    assert [each.code for each in option.reasons] == ["deadline_passed", "never", "never"]


def test_what_has_not_been_typed_yet_is_no_reason(world: World, checking: Dossier) -> None:
    offered = {each.name: each for each in options(checking, world.person("coordinator"))}
    assert offered["send_back"].open  # though it needs a comment
    deciding = world.dossier("deciding")
    offered = {each.name: each for each in options(deciding, world.person("panel"))}
    assert offered["vote"].open  # though nothing is chosen


def test_looking_writes_nothing(world: World, checking: Dossier) -> None:
    before = (Event.objects.count(), list(Head.objects.order_by("pk").values()), vars(checking).copy())
    with CaptureQueriesContext(connection) as captured:
        options(checking, world.stranger)
    assert [each["sql"].split()[0] for each in captured.captured_queries] == ["SELECT"]
    assert (Event.objects.count(), list(Head.objects.order_by("pk").values()), vars(checking)) == before


def test_what_is_offered_open_can_be_taken(world: World) -> None:
    """In every state that the straight road passes, by everybody."""
    world.scheme(TINY)
    for state in ("draft", "checking"):
        for person in (world.applicant, world.person("coordinator"), world.person("auditor")):
            dossier = world.dossier(state, scheme="tiny")
            for option in options(dossier, person):
                fresh = world.dossier(state, scheme="tiny")
                comment = "" if option.step.definition.comment == "none" else "why"
                assert perform(fresh, option.name, person, comment=comment).role == option.role


def test_a_file_that_does_not_exist_offers_nothing(world: World, checking: Dossier) -> None:
    unsaved = Dossier(edition_id=checking.edition_id, state="draft", organisation=checking.organisation)
    assert options(unsaved, world.applicant) == []


def test_a_file_held_since_before_it_moved_offers_what_is_possible_now(
    world: World, checking: Dossier
) -> None:
    stale = Dossier.objects.get(pk=checking.pk)
    world.perform(checking, "send_back")
    assert names(stale, world.applicant) == ["submit"]
    assert names(stale, world.person("coordinator")) == ["remark"]


def test_a_file_that_was_moved_to_another_edition_offers_the_steps_of_that(
    world: World, checking: Dossier, rules: None
) -> None:
    stale = Dossier.objects.get(pk=checking.pk)
    edition = world.scheme(
        changed(TINY, ("by: [coordinator, auditor]}", "by: [panel, coordinator], requires: [numbered]}"))
    )
    moved = append(
        Entry(stream=checking.pk, kind="moved", edition=edition, source="checking", target="checking")
    )
    Dossier.objects.filter(pk=checking.pk).update(edition=edition, state_seq=moved.seq)
    assert names(stale, world.person("panel")) == ["finish"]
    assert names(stale, world.person("auditor")) == []


def test_many_files_are_looked_at_in_one_query(world: World, checking: Dossier) -> None:
    draft = world.dossier("draft", scheme="tiny")
    with CaptureQueriesContext(connection) as captured:
        offered = options_of_many([checking, draft], world.person("coordinator"))
    assert len(captured) == 1
    assert [each.name for each in offered[checking.pk]] == ["send_back", "finish"]
    assert [each.name for each in offered[draft.pk]] == ["remark"]
    assert options_of_many([], world.applicant) == {}
